"""Words that people put around the names of skills; no skill is named here.

English, with the commonest German, French and Spanish ones.

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
    gute sehr fundierte kenntnisse erfahrung erfahrungen umgang mit in und der die im
    bonnes bonne connaissance connaissances maitrise maîtrise expérience experience avec de du des
    en et conocimiento conocimientos experiencia dominio manejo con y del
""") | _words("""
    amazon apache google microsoft ms meta facebook ibm nvidia hashicorp redhat adobe atlassian
    jetbrains apple intel
""")
"""Set aside in front of a name: *strong experience with* Python, *Amazon* S3."""

AFTER: Final = _words("""
    experience experiences expertise knowledge understanding familiarity proficiency skill skills
    fluency background exposure competency
    programming coding scripting development developing developer language languages
    framework frameworks library libraries package packages tool tools tooling toolkit toolkits
    concept concepts fundamentals basics principles practices practice theory techniques technique
    methods method methodology methodologies usage ecosystem stack technology technologies
    environment environments certification certified course version versions
    required preferred primary secondary main optional etc
    kenntnisse programmierung entwicklung erfahrung based certified related
""")
"""Set aside behind a name: Python *programming skills*."""

AFTER_TOPICS: Final = _words("""
    system systems architecture architectures pattern patterns application applications app apps
    workflow workflows pipeline pipelines solution solutions model models service services
    platform platforms implementation implementations approach approaches
    api apis sdk sdks cli cloud enterprise desktop server studio edition online suite
    administration deployment deployments integration integrations automation management
    containers images cluster clusters charts jobs scripts script queries query functions
    components notebooks dashboards reports templates modules products
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
    kein keine keinen keinerlei nicht ohne pas sans aucune aucun ninguna ninguno sin
""")
"""A string with one of these never credits a skill unless its level says "none"."""

DENIALS: Final = _words("""
    no not without never lack lacks lacking none neither nor cannot unfamiliar except excluding non
    zero kein keine keinen keinerlei nicht ohne pas sans aucune aucun ninguna ninguno sin
""")
"""In running text: what follows is not claimed, as far as the list goes on."""

DENYING_PAIRS: Final = frozenset({("instead", "of"), ("rather", "than"), ("other", "than")})
"""In running text: what follows is not meant."""

SHORTENED: Final = _words("""
    don doesn didn isn aren wasn weren haven hasn hadn won can couldn wouldn shouldn
""")
"""Before an apostrophe and a *t*: a denial, too."""

NOT_DENIED: Final = _words(
    "only just limited least less doubt mention merely simply problem matter afraid shy"
)
"""After a denial they turn it around: *not only*, *not limited to*, *no less than*."""

ASKED: Final = _words("""
    required needed necessary essential expected mandatory must need require experience knowledge
    strength forte
""")
"""After a denial behind a name they deny the name: Kubernetes is *not required*."""

CONTRASTS: Final = _words(
    "but however although though yet instead while whereas only i we you they"
)
"""They end what a denial covers."""

RUNNING_ON: Final = _words("a an the of in with for and or to no not using on at by from")
"""At the end of a line they tell that the sentence runs on."""

LEADING_ON: Final = _words("in with of at using")
"""Between what is said of a skill and its name: *expert in* Python."""

ORDINARY: Final = _words("""
    react swift rust spark ray flask prefect temporal haystack snowflake cursor chroma express
    spring excel helm slack phoenix feast outlines instructor modal replicate bubble soda chef
    puppet bolt aim weave spaces delta glue hive presto beam storm remix intercom segment
    soap yolo rasa sentry loki consul vault nomad envoy confluence bamboo packer cucumber locust
    druid impala weaviate unity rails dart julia lime mistral rouge jest mocha
""")
"""Words that products are named after: in small letters they may mean just what they say."""

VERBS: Final = _words("express replicate aim excel react spring weave bolt segment render")
"""Those of them that may open a sentence as what to do."""

AFTER_NAMES: Final = _words("""
    is are was and or for with as has can in on experience skills developer developers engineer
    engineers components apps services projects
""")
"""Behind such a word at the start of a sentence they make a name of it: *React is* used."""

AFTER_VERBS: Final = _words("at to")
"""They make a verb of the word before: *Excel at* what you do, *react to* changes."""

KNOWING: Final = _words("""
    experience experienced expertise knowledge understanding proficiency proficient skilled skills
    fluent fluency expert background familiarity familiar competence command mastery
    versed trained training certified projects services programs programming coding code
    written write writing develop developing developed development built build building
    bit erfahrung kenntnisse expérience experiencia conocimientos
""")
"""Before *in*, *with* and the like they say that a skill follows."""

PRACTISING: Final = _words("""
    developer developers engineer engineers programmer programmers programming programs skills
    skill experience expertise language codebase backend services expert experts proficiency
    knowledge entwickler kenntnisse
""")
"""Behind a name they say that it is a skill: *Go developer*."""

JOINING: Final = _words("and or und oder et ou y")
"""Between the items of a list."""

JOINED_BY: Final = _words("of for in with using")
"""Between the halves of a turned name: evaluation *of* models = model evaluation."""

EXAMPLES: Final = (" such as ", " including ", " incl. ", " e.g. ", " e.g., ", " i.e. ", " like ")
"""What follows explains what stands before, as a bracket would."""

NOTHING: Final = _words("none no noexperience never zero nothing notatall")
"""Levels, as keys, that say that a person does not know the skill."""
