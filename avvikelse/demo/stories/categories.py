"""What an event can be about: lagrum, group and name.

The tree of Sundsvall's open-source product (domain.md §7.3). A group without names of its own has itself as its only
name.
"""

from __future__ import annotations

from .shapes import Lagrum

TREE: dict[Lagrum, dict[str, tuple[str, ...]]] = {
    "HSL": {
        "Annat": (
            "Bristande information",
            "Ej följt hygienrutin",
            "Ej utförd hälso- och sjukvårdsordination",
            "Medicinteknik – personliga hjälpmedel",
            "Medicinteknik – utrustning",
            "Skada",
            "Självmord",
        ),
        "Fall": (
            "Egen aktivitet – hjälpmedel",
            "Med personal – hjälpmedel",
            "Vid förflyttning med personal",
            "Vid patientens egna aktiviteter",
        ),
        "Fall utan skada": ("Fall utan skada",),
        "KAD": ("KAD",),
        "Läkemedel": (
            "Annat",
            "Fel dos",
            "Fel person",
            "Felaktig administrering",
            "Förlust",
            "Fördröjd dos",
            "Kommunikation/Information",
            "Läkemedel saknas",
            "Stöld",
            "Utebliven dos",
        ),
        "Läkemedelsautomat": ("Läkemedelsautomat",),
        "Munhälsa": ("Munhälsa",),
        "Nutrition": ("Viktnedgång", "Viktuppgång"),
        "Rehab": ("Ej utförd ordination", "Hjälpmedel", "Utebliven bedömning/behandling"),
        "Trycksår": ("Grad 1", "Grad 2", "Grad 3", "Grad 4"),
        "VRI": ("ESBL", "MRSA", "VRE"),
        "Vård i livets slut": ("Brytpunktssamtal", "Smärtskattning"),
    },
    "SOL_LSS": {
        "Brister i arbetssätt, metoder och rutiner": (
            "Arbetssätt/metod saknar kunskapsstöd",
            "Bristande kompetens",
            "Rutin saknas eller följs inte",
            "Metod används felaktigt",
            "Otillräcklig introduktion",
            "Otydligt arbetssätt eller ansvar",
        ),
        "Brister i bemötande av anställda m.fl.": (
            "Bristande delaktighet och inflytande",
            "Bristande kommunikation",
            "Diskriminering",
            "Oprofessionellt/respektlöst bemötande",
        ),
        "Brister i fysisk miljö, utrustning och teknik": (
            "Brandsäkerhet/låssystem",
            "Otrygg/olämplig miljö, begränsning av självständighet",
            "Tekniska hjälpmedel används fel",
            "Utrustning saknas/fungerar inte",
        ),
        "Brister i rättssäkerhet vid handläggning och genomförande": (
            "Avsaknad av dokumentation",
            "Beslut verkställs inte",
            "Bristande barnperspektiv",
            "Bristande samtycke/information",
            "Saklighet och opartiskhet",
            "Försenad dokumentation",
            "Åtgärder utan lagstöd (t ex begränsningsåtgärder)",
        ),
        "Brister i utförandet av insatser": (
            "Avvikelse från genomförandeplan",
            "Bristande kontinuitet",
            "Försummelse/underlåtenhet",
            "Insats uteblir, utförs delvis, för sent eller fel",
        ),
        "Ekonomiska övergrepp": (
            "Bristande redovisning av privata medel",
            "Otillåten användning av brukarens medel",
            "Påtryckningar att ge bort",
            "Stöld",
        ),
        "Fysiska övergrepp": ("Våld mellan brukare", "Våld mellan personal och brukare"),
        "Psykiska övergrepp": ("Kränkande eller kontrollerande handlingar",),
        "Sexuella övergrepp": ("Sexuella övergrepp",),
    },
}
