"""The columns of LimeSurvey's `surveys` table (6.4.2)."""

_NAMES = """
sid owner_id gsid admin active expires startdate adminemail anonymized format savetimings
template language additional_languages datestamp usecookie allowregister allowsave
autonumber_start autoredirect allowprev printanswers ipaddr ipanonymize refurl datecreated
showsurveypolicynotice publicstatistics publicgraphs listpublic htmlemail sendconfirmation
tokenanswerspersistence assessments usecaptcha usetokens bounce_email attributedescriptions
emailresponseto emailnotificationto tokenlength showxquestions showgroupinfo shownoanswer
showqnumcode bouncetime bounceprocessing bounceaccounttype bounceaccounthost bounceaccountpass
bounceaccountencryption bounceaccountuser showwelcome showprogress questionindex navigationdelay
nokeyboard alloweditaftercompletion googleanalyticsstyle googleanalyticsapikey
tokenencryptionoptions
"""
SETTINGS = frozenset(_NAMES.split())
FLAGS = frozenset({"anonymized", "datestamp"})
READ_ONLY = frozenset({"sid", "active", "language", "additional_languages"})
FIXED_ONCE_ACTIVE = frozenset({"anonymized", "datestamp", "savetimings", "ipaddr", "refurl"})
