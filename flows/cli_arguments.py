"""What many commands are asked for."""

from typing import Annotated

import typer

StudyArgument = Annotated[
    str, typer.Argument(metavar="ÉTUDE", help="Code de l’étude (fichier de config/studies).")
]
WaveOption = Annotated[
    str, typer.Option("--vague", "--wave", help="Code de la vague ; la dernière par défaut.")
]
