"""What the person reads when a file is refused: why, and what to do instead."""


class RefusedFile(Exception):
    """The file is not accepted. `sentence` tells the person why and what to do instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


EMPTY = "Filen är tom. Välj en annan fil."
TOO_BIG = "Filen är större än 20 MB. Gör den mindre och försök igen."
UNKNOWN = "Vi känner inte igen filtypen. Spara filen som PDF eller bild och försök igen."
DAMAGED = "Filen är skadad eller inte hel. Spara den på nytt, helst som PDF, och försök igen."
EXECUTABLE = "Filen är ett program, och program tas inte emot. Välj en annan fil."
MALWARE = "Filen är stoppad som skadlig. Skicka den inte vidare. Kontakta it-stödet."
WEB_CODE = "Filen innehåller kod för webbsidor. Spara den som PDF eller bild och försök igen."
DOUBLE = "Filen är flera sorters fil på en gång. Spara den på nytt som PDF eller bild och försök igen."
ARCHIVE = "Filen är ett packat arkiv. Packa upp det och välj filerna en och en."
LOCKED = "Filen är låst med lösenord. Spara den utan lösenord och försök igen."
OLD_OR_LOCKED = (
    "Filen är låst med lösenord eller sparad i ett äldre format. "
    "Spara den utan lösenord som PDF, DOCX eller XLSX och försök igen."
)
ENCODING = "Textfilen har en teckenkodning som vi inte kan läsa. Spara den som PDF och försök igen."

OTHER_IMAGE = "Bilden har ett format som vi inte tar emot. Spara den som JPEG eller PNG och försök igen."
TOO_MANY_PIXELS = "Bilden är för stor. Spara den med högst 50 megapixel och försök igen."
SOUND_OR_FILM = "Ljud och film tas inte emot här. Berätta i ord vad som hörs eller syns."

PDF_SCRIPT = "PDF-filen innehåller skript eller startar program. Skriv ut den till en ny PDF och försök igen."
PDF_UNREADABLE = "PDF-filen går inte att kontrollera. Skriv ut den till en ny PDF och försök igen."

OTHER_OFFICE = "Filen är ett Office-dokument av ett slag som vi inte tar emot. Spara den som PDF och försök igen."
MACROS = "Filen innehåller makron. Spara den utan makron eller som PDF och försök igen."
EMBEDDED = "Filen har andra filer inuti sig. Spara den som PDF utan dem och välj dem var för sig."
EXTERNAL = "Filen hämtar innehåll från någon annanstans. Spara den som PDF och försök igen."
BOMB = "Filen blir för stor när den packas upp. Spara den som PDF eller dela upp den och försök igen."
