"""A small model, its recommendations and a study that hold, to be spoilt line by line."""

MODEL = """\
code: essai
version: "1.0"
title: {fr: Modèle d’essai, en: Trial model}
description: {fr: Un petit modèle., en: A small model.}
licence: EUPL-1.2
source: {fr: Aucune., en: None.}
languages: [fr, en]
topology: cycle
level_word: {fr: stade, en: stage}
levels:
  - code: EVEIL
    label: {fr: Éveil, en: Awakening}
    short: {fr: Éveil, en: Awak.}
    description: {fr: On regarde., en: One looks.}
  - code: ACTION
    label: {fr: Action, en: Action}
    short: {fr: Action, en: Act.}
    description: {fr: On agit., en: One acts.}
return_arrows:
  - {origin: ACTION, target: EVEIL, meaning: {fr: Un nouveau tour, en: A new turn}}
answer_sets:
  stades:
    scale: levels
    options:
      - {code: A1, level: EVEIL}
      - {code: A2, level: ACTION}
      - {code: NSP, label: {fr: Je ne sais pas, en: I do not know}, out_of_scale: dont_know}
  degres:
    scale: ordered
    options:
      - {code: C1, label: {fr: Non, en: No}}
      - {code: C2, label: {fr: Oui, en: Yes}}
  postes:
    scale: nominal
    options:
      - {code: R1, label: {fr: Élu, en: Elected}}
      - {code: R2, label: {fr: Technicien, en: Technician}}
profile_questions:
  - code: POSTE
    kind: choice
    question: {fr: "Votre poste ?", en: "Your post?"}
    answer_set: postes
axes:
  - code: AXE1
    label: {fr: Un axe, en: One axis}
    description: {fr: Le premier., en: The first.}
    dimensions:
      - code: DIM1
        label: {fr: Une dimension, en: One dimension}
        description: {fr: La première., en: The first.}
        behaviours:
          EVEIL: {fr: Nous regardons., en: We look.}
          ACTION: {fr: Nous agissons., en: We act.}
        items:
          - code: STR1
            kind: stage
            question: {fr: "Où en êtes-vous ?", en: "Where are you?"}
            answer_set: stades
          - code: COH1
            kind: coherence
            question: {fr: "Est-ce cohérent ?", en: "Is it coherent?"}
            answer_set: degres
        recommendations: [P1]
other_items:
  - code: FREINS
    kind: multiple_choice
    question: {fr: "Quels freins ?", en: "Which obstacles?"}
    other: true
    choices:
      - {code: SQ1, label: {fr: Argent, en: Money}}
      - {code: SQ2, label: {fr: Temps, en: Time}}
  - code: AVIS
    kind: text
    question: {fr: "Votre avis ?", en: "Your opinion?"}
unused_questions: [INTRO]
replaces:
  - version: "0.9"
    items: {VIEUX1: STR1}
    levels: {DEBUT: EVEIL}
"""

RECOMMENDATIONS = """\
code: essai
source: {fr: Un rapport., en: A report.}
recommendations:
  - code: P1
    theme: {fr: Coopérer, en: Cooperate}
    title: {fr: Se parler, en: Talk}
    text: {fr: Se réunir., en: Meet.}
"""

STUDY = """\
code: etude
title: {fr: Une étude}
authority: {name: Valdoré, of_name: de Valdoré}
model: essai
sides:
  - {code: policy, label: {fr: Politiques publiques}}
  - {code: digital, label: {fr: Numérique}}
profile:
  - {code: poste, label: {fr: Poste}, item: POSTE}
  - {code: service, label: {fr: Service}, participant: attribute_1}
side_rule:
  attribute: poste
  values:
    R1: policy
    R2: digital
thresholds:
  agreement_words:
    - {at_least: 0.5, text: {fr: accord}}
    - {at_least: -1, text: {fr: désaccord}}
waves:
  - code: v1
    label: {fr: Première campagne}
    opens: 2027-01-11
    closes: 2027-02-12
    survey_id: 641001
    keep_until: 2029-02-12
output: rapports/etude
"""
