"""English words that people put around the names of skills; no skill is named here.

Every table holds folded words. A word is set aside only where the rest of the string is a
spelling of the catalogue, so a name that holds one of them (distributed *systems*) comes first.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BEFORE: Final = _words("""
    a an the some any of in with for on using use used by to and or plus also at as
    experience experienced experiences expertise knowledge understanding familiarity familiar
    proficiency skill skills skilled background exposure fluency fluent fluently comfort
    comfortable competence competency competent command mastery ability able working hands handson
    practical proven professional commercial prior previous relevant demonstrated extensive
    strong solid good excellent great deep indepth thorough sound robust advancedlevel
    modern current latest various multiple common core general
    building build built developing develop developed designing writing creating
    implementing maintaining coding programming
""")
"""Set aside in front of a name: *strong experience with* Python."""

AFTER: Final = _words("""
    experience experiences expertise knowledge understanding familiarity proficiency skill skills
    fluency background exposure competency
    programming coding scripting development developing developer language languages
    framework frameworks library libraries package packages tool tools tooling toolkit toolkits
    concept concepts fundamentals basics principles practices practice theory techniques technique
    methods method methodology methodologies usage ecosystem stack technology technologies
    environment environments certification certified course version versions
    required preferred primary secondary main optional etc
""")
"""Set aside behind a name: Python *programming skills*."""

AFTER_TOPICS: Final = _words("""
    system systems architecture architectures pattern patterns application applications app apps
    workflow workflows pipeline pipelines solution solutions model models service services
    platform platforms implementation implementations approach approaches
""")
"""Set aside behind a name of three letters and more: RAG *systems*, but not C *models*."""

NOTES: Final = _words("""
    primary secondary main preferred required mandatory must optional desirable desired ideal
    ideally bonus plus nice have current currently daily recent recently learning self taught
    favorite favourite etc eg ie or similar equivalent related other others more and version
    latest lts a any the strong strongly in to is
""")
"""What a bracket or a tail may say about a skill without naming one: Python *(primary)*."""

NEGATIONS: Final = _words("""
    no not never without lack lacks lacking none neither nor cannot cant dont doesnt didnt isnt
    arent wasnt wont havent hasnt unfamiliar except excluding non zero
""")
"""A string with one of these never credits a skill unless its level says "none"."""

DENIALS: Final = _words("""
    no not without never lack lacks lacking none neither nor cannot unfamiliar except excluding non
""")
"""In running text: what follows is not claimed, as far as the list goes on."""

SHORTENED: Final = _words("""
    don doesn didn isn aren wasn weren haven hasn hadn won can couldn wouldn shouldn
""")
"""Before an apostrophe and a *t*: a denial, too."""

NOT_DENIED: Final = _words(
    "only just limited least less doubt mention merely simply problem matter"
)
"""After a denial they turn it around: *not only*, *not limited to*, *no less than*."""

ASKED: Final = _words("""
    required needed necessary essential expected mandatory must need require experience knowledge
""")
"""After a denial behind a name they deny the name: Kubernetes is *not required*."""

CONTRASTS: Final = _words(
    "but however although though yet instead while whereas only i we you they"
)
"""They end what a denial covers."""

RUNNING_ON: Final = _words("a an the of in with for and or to no not using on at by from")
"""At the end of a line they tell that the sentence runs on."""

JOINED_BY: Final = _words("of for in with using")
"""Between the halves of a turned name: evaluation *of* models = model evaluation."""

EXAMPLES: Final = (" such as ", " including ", " incl. ", " e.g. ", " e.g., ", " i.e. ", " like ")
"""What follows explains what stands before, as a bracket would."""

NOTHING: Final = _words("none no noexperience never zero nothing notatall")
"""Levels, as keys, that say that a person does not know the skill."""
