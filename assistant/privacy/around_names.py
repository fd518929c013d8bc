"""Words that stand around names, by which a name is told from a word.

Lower case; all but the patterns at the end are sets of single words.
"""

from __future__ import annotations

import re

# Who a name may follow: "mum X", "the boy, X", "pupil X".
PEOPLE = frozenset(
    "adopter aunt auntie aunty baby bf boy boyfriend bro brother brothers bruv carer child "
    "childminder client colleague cousin dad daddy daughter ex father fella foster friend friends "
    "gf girl girlfriend godfather gran grampy grampa gramps grandad grandaughter granddad "
    "granddaughter grandma grandpa grandson grandfather grandmother headteacher husband kid lad "
    "lass lil lodger male female man manager mate mother mum mummy mam nan nanna nanny neice "
    "nephew neighbour niece offender parent partner patient perp perpetrator pop poppa pupil "
    "sibling sis sister sisters son sons stepbrother stepdad stepdaughter stepfather stepmum "
    "stepmother stepsister stepson student suspect sw teacher teen teenager toddler twin twins "
    "uncle victim wife woman worker yp nana papa bampa taid nain tad headmaster headmistress "
    "tutor therapist keyworker lecturer leader sensei pc dc ds di sgt ms miss".split()
)
# After these a name follows for certain.
TITLES = frozenset(
    "mr mrs dr mx prof professor rev revd reverend imam ustadh ustad pastor fr cllr councillor "
    "sergeant inspector constable justice akela coach sheikh rabbi vicar canon deacon bishop bro "
    "sis messrs master dame".split()
)
NOT_AFTER_MR = frozenset("and or who at in from the he she a i".split())
# After these, with a capital, a family name that is a word too ("PC Sharp", "Teacher Brown").
RANKS = frozenset(
    "pc dc ds di sgt ms miss sir master aunt auntie aunty uncle teacher nan gran grandad grandma "
    "grampy poppa nurse officer sister brother".split()
)
FAMILY = frozenset("family families household siblings".split())
RELATIVES = frozenset(
    "mum mam mummy dad daddy nan gran grandad grandma stepdad stepmum brother sister uncle aunt "
    "auntie cousin parents mother father partner boyfriend girlfriend husband wife son daughter "
    "kids children friend friends mate mates house place room bed bedroom teacher school class "
    "phone social worker carer case file diary dads mums lad lass family foster best step "
    "stepdads".split()
)
CALLED = frozenset("called named nicknamed aka alias surname forename".split())
NAME_IS = frozenset("name names surname forename nickname initials".split())
CALLS = frozenset("call calls called".split())
CALLED_ONES = frozenset("him her them me us".split())
LINKS = frozenset("is was s".split())
NAME_FILLERS = frozenset("both either really just a an the as".split())
# What people do in a message, right after their name.
DOES = frozenset(
    "said says say told tells disclosed discloses alleged alleges reported reports asked asks "
    "came comes went goes has had is was lives lived wants wanted hit hits touched touches abused "
    "abuses raped hurt hurts does did got gets keeps kept seems seemed looks looked cried cries "
    "ran runs left who whose aged wont won't hasn't isn't wasn't doesn't didn't refused refuses "
    "takes take makes gave gives lies sleeps plays stays drew showed shows sent sends moved "
    "started stopped thinks feels swore froze wrote writes used works worked knew knows saw sees "
    "grabbed grabs kissed kisses needs woke wakes passed hates loves loved put puts made pulled "
    "pulls pushed pushes held holds forced forces licked licks rubbed rubs beat beats threatened "
    "threatens bit bites punched punches slapped slaps shouted shouts screamed screams yelled "
    "yells texted texts rang rings phoned phones messaged posted posts shared shares filmed films "
    "watched watches sat sits slept stood walked walks hasnt hadnt didnt doesnt isnt wasnt cant "
    "couldnt wouldnt shouldnt finds found".split()
)
# After a bare "is" or "has" anything may stand before: "hope is", "star has".
ACTS = DOES - frozenset(
    "is was has had does did left got get gets s used works worked needs knows loves who whose "
    "passed take films rings posts shares phones texts walks watches bites holds rubs puts made "
    "put beats cant sits sat held beat".split()
)
# Given names that are verbs too: common enough as verbs to need more than one sign.
PAST = frozenset("said told came drew ran cried showed sent gave wrote swore".split())
VERBS_TOO = frozenset("will may mark hope grant chase rob sue pat charm flick skip".split())
# What stands before a person: "with X", "if X tells".
BEFORE_PEOPLE = frozenset(
    "about with to if from for told tell saw see seen when that because and spoke think "
    "says".split()
)
# What may stand before a sentence's subject.
BEFORE_SUBJECT = frozenset(
    "and that when because if but so then how why what says said after since as while where cos "
    "coz bc think thinks know until before today yesterday again or plus also".split()
)
# "about X she's my mate": who X is follows at once.
TAKEN_UP = frozenset("he he's hes she she's shes".split())
AFTER_PEOPLE = frozenset("and today yesterday tonight now again who whose or but".split())
PRONOUNS = frozenset("i you we they he she it this that these those there".split())
MONTHS = frozenset("jan april may june august summer autumn winter".split())
SEASONS_DO = frozenset("started ended passed arrived turned followed".split())
NEAR_MONTHS = frozenset(
    "in by since last next from until till during of early late mid this every on before after "
    "end to and between the".split()
)
# What makes a ruby or holly the thing.
GOES_WITH = frozenset(
    "ring rings bush bushes tree trees oil necklace earrings bracelet gold eyes hair bay day "
    "juice leaf leaves flower flowers league green red blue pink plant plants shop berry berries "
    "wedding anniversary slippers book films film card cards jar pot garden bars".split()
)
ARTICLES = frozenset("a an the some any this that these those of no".split())
# What is done to people only, what follows such an object, and how people are.
PERSON_VERBS = frozenset(
    "asked told tell telling met texted phoned rang hugged kissed touched touching abused raped "
    "hit slapped hates hate messaged msgd introduced groomed fostered adopted babysat "
    "babysit hurt hurts hurting touches rapes abuses hits beats kisses".split()
)
AFTER_OBJECT = frozenset(
    "and who if to that about what why when she he i we not again yesterday today at in because "
    "but or there where how while on".split()
)
STATES = frozenset(
    "ok okay alright safe in at being going lying allowed still old too hurt upset pregnant "
    "scared sad ill sick home here missing lonely 4 telling having getting always".split()
)
# What is done to people, as their initials show: "punched SM".
HARMS = PERSON_VERBS | frozenset(
    "punched punches pushed pushes kicked kicks grabbed grabs bit bites filmed films threatened "
    "threatens bullied bullies attacked stabbed strangled choked locked".split()
)
# How a person is and nothing else.
FEELS = frozenset(
    "scared frightened terrified upset pregnant crying suicidal sad ill sick hurt missing adamant "
    "distressed autistic".split()
)
BASE_VERBS = frozenset("get go come do have know think want need say tell make take live".split())
BOTH_DO = frozenset("are were both live have had said told share shared went say want".split())
# What else stands before "from my house".
DISTANCES = frozenset("miles yards metres hours".split())
FROM_NEAR = re.compile(
    r" from (?:next door|school|work|my|our|his|her|their|year|yr|class|church|across|"
    r"down|up|number|"
    r"football|college|nursery)\b",
    re.IGNORECASE,
)
# Who speaks: "hi its X", "im X", "I am X", "Thanks, X", "X here".
GREETINGS = frozenset("hi hello hey hiya dear thanks regards cheers thx wishes sincerely".split())
NO_NAME_AFTER_IM = frozenset("hope blue frank rich innocent honest precious happy".split())
# What stands before a colon in forms and e-mails.
FIELDS = PEOPLE | frozenset(
    "name surname forename from to cc re author signed worker yp user learner resident tenant "
    "applicant respondent witness subject attendee informant referrer".split()
)
# Between the parts of one name.
PARTICLES = frozenset(
    "ap ab ferch van der den de la le el al bin ibn binti bint mac da dos du von und y".split()
)
# A slip of one of these is no name.
AROUND_PEOPLE = (
    PEOPLE
    | PRONOUNS
    | DOES
    | BEFORE_SUBJECT
    | RELATIVES
    | frozenset(
        "just really still also never dont didnt not now here there when then with from about for "
        "and but are were been have will would could should because what where yes no ok please "
        "back home away someone somebody anyone anybody everyone everybody nobody no-one police "
        "social people doctor nurse staff nursery other another always sometimes".split()
    )
)
# Family names of two letters before a given name: "Li Xiuying".
SHORT_FAMILY = frozenset("li wu xu hu lu ye ma yu yi su du xi ng le vo ho bo jo al ed cy".split())
DOTTED = re.compile(r"(?<!\w)(?:[a-z]\.){1,4}[a-z]\b", re.IGNORECASE)
DOTTED_WORDS = frozenset(
    "ni dob eg ie nb ps am pm uk us usa nhs tv re cp sw gp pc id bbc aka yo ok bf gf vs "
    "cc rc".split()
)
# Words that people write with a capital, or at a sentence's start, and that are no names.
CAPITALISED = frozenset(
    "god allah bible quran koran ramadan christmas easter eid diwali english welsh polish "
    "romanian gillick fraser hackett brook makaton finkelhor lundy laming munro barnahus "
    # Short forms that look like initials: forms, systems, relations, findings, dates.
    "ppn pnc pnd vist mgm mgf pgm pgf od edd lmp uti sti sats".split()
)
# A single capital letter that follows one of these labels a thing, not a person.
LABELLED = frozenset(
    "section category cat appendix annex part level plan year type form schedule grade hepatitis "
    "vitamin class group option step stage tier point article chapter unit band code key table "
    "wing ward room bay "
    "team figure hep reception set flat block under s".split()
)
# "N. Irish": a quarter of the sky before a country.
QUARTERS = frozenset("NSEW")
AFTER_QUARTERS = frozenset(
    "irish ireland wales welsh england yorkshire london asian asia africa african american".split()
)
SHORT_FORMS = frozenset("a i u r n y w x k c d b v".split())
AFTER_SHORT_FORMS = frozenset("u you ur we they not all both so the my our me".split())
FATHER_MOTHER = frozenset("FM")
NOT_INITIALS = frozenset(
    "OK UK EU US IT TV PC PE RE ID DV SW YP HV GP CP CE DA MH LA SG HR QA AI DC DS DI NI AM PM NO "
    "SO TO OR AT ON IN IS MY ME WE HE BY DO GO IF OF UP VS SS TM CM DH DD DP OH IP OP CT CC BF GF "
    "MO FB IG OT SN ES TA HT AH FE MIL FIL SIL BIL DSD DSS PP NQT URN DOB NHS TAF CIN CPC SWS CYP "
    "FGC NFA ABE RSO IRO OIC BAIL".split()
)
