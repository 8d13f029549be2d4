"""Which names in a credit line are those of agencies, archives and offices rather than people."""

import re

# As they stand in credit lines, in small letters and without dots.
KNOWN = frozenset(
    """
    123rf | abaca | abacapress | adobe stock | afp | agence france-presse | agerpres | alamy
    anadolu | anp | ansa | ap | associated press | belga | bettmann | bloomberg | cnp | corbis
    creative commons | ctk | defense department | depositphotos | dod | dpa | dreamstime | dvids
    efe | epa | epa-efe | everett collection | facebook | flickr | getty | hans lucas
    hulton archive | idf | imago | instagram | irna | isna | istock | istockphoto | kcna | keystone
    kremlin | kyodo | lehtikuva | library of congress | lightrocket | magnum | mti | nasa | nato
    newscom | ntb | nurphoto | osce | pa | panos | pap | pentagon | pexels | photoshot | pixabay
    polaris | public domain | redux | reuters | ria novosti | ritzau scanpix | scanpix
    shutterstock | sipa | sipa usa | smithsonian | spa | sputnik | state department | tasnim | tass
    telegram | the white house | tiktok | twitter | ukrinform | un | united nations | unsplash
    upi | us department of defense | us department of state | usaid | wana | white house
    wikicommons | wikimedia | wikipedia | xinhua | yonhap | youtube | zuma | zumapress
    """.replace("\n", "|").split("|")
)
KNOWN = frozenset(name.strip() for name in KNOWN) - {""}
FIRST = frozenset(
    "cc courtesy file handout ministry office official pool screengrab screenshot".split()
)
LAST = frozenset(
    """
    agency archive archives army authority collection command commons congress corps council
    department file force foundation guard handout image images institute library ministry museum
    navy news office parliament photo photos photography pictures pool press republic screengrab
    screenshot senate service stock studio studios television tv university wire
    """.split()
)
DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
WORD = re.compile(r"[\w'’&-]+")


def is_agency(name: str) -> bool:
    """Whether `name` is that of an agency, a service, an archive or an office."""
    words = WORD.findall(name.casefold().replace(".", ""))
    if not words:
        return False
    if " via " in name:
        return is_agency(name.rpartition(" via ")[2])
    is_known = " ".join(words) in KNOWN or words[0] in FIRST or words[-1] in LAST
    return is_known or bool(DOMAIN.fullmatch(name))
