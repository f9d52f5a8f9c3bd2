"""Words known by heart: numbers, the calendar, clocks, places, bodies, offices. Lists only."""


def _set(words: str, separator: str = " ") -> frozenset[str]:
    return frozenset(words.split(separator))


# --- numbers, money, the calendar and the clock ---------------------------------------------------------

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
COUNTED = _set("people men women children km kg m cm mm mph km/h percent degrees police troops aircraft")
CURRENCIES = {  # as written, in lower case
    "$": "dollar", "dollar": "dollar", "usd": "dollar", "€": "euro", "euro": "euro", "eur": "euro", "£": "pound",
    "pound": "pound", "gbp": "pound", "₽": "ruble", "ruble": "ruble", "rouble": "ruble", "rub": "ruble", "¥": "yen",
    "yen": "yen", "yuan": "yuan", "₴": "hryvnia", "hryvnia": "hryvnia", "franc": "franc", "cent": "cent",
}  # fmt: skip
MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
CALENDAR = frozenset([*MONTHS, *WEEKDAYS, *(month[:3] for month in MONTHS), "sept"])
ZONES = {  # minutes east of Greenwich
    "GMT": 0, "UTC": 0, "EST": -300, "EDT": -240, "ET": -300, "CST": -360, "CDT": -300, "CT": -360, "MST": -420,
    "PST": -480, "PDT": -420, "PT": -480, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "MSK": 180,
}  # fmt: skip

# --- names, all lower case ------------------------------------------------------------------------------

# Neither names nor counted nouns, though they may stand where those do.
FUNCTION_WORDS = _set(
    "a an the this that these those some any each every no not all both either neither such own other another in on"
    " at to from of for with by as into near over under about after before since until till during than through across"
    " around outside inside within without between among against along behind beyond despite except per via toward"
    " towards upon up down out off away back again and or but nor so yet if because while whereas although though when"
    " where who whom whose which what why how whether there here then thus once i you he she it we they me him her us"
    " them my your his its our their mine yours is are was were be been being am has have had do does did will would"
    " can could should shall may might must also only just even still already never ever always often however"
    " meanwhile moreover according earlier later now today yesterday tomorrow tonight said says say told tells asked"
    " added noted stated reported more most less least very too many much few several yes well like following"
)
# People by office or trade; before a name these are titles.
OFFICES = _set(
    "president minister official spokesman spokeswoman spokesperson leader head chief diplomat adviser advisor aide"
    " secretary ambassador king queen pope premier chancellor senator governor mayor director ceo chairman chairwoman"
    " chairperson commander author writer actor actress singer scientist artist player coach founder inventor"
    " politician candidate analyst expert journalist professor philosopher judge lawyer negotiator envoy delegate"
    " captain manager editor counterpart undersecretary congressman congresswoman representative painter prince"
    " princess emperor composer commissioner prosecutor lawmaker deputy economist historian researcher reporter"
    " correspondent columnist activist dictator physicist colonel admiral lieutenant sergeant boss mediator"
    " inspector coordinator owner engineer"
)
TITLES = _set("mr mrs ms miss dr sir lord lady prof rep sen gen gov pres lt col capt sgt dame rabbi sheikh")
ABBREVIATED = TITLES | _set("st inc corp ltd co jr sr ga fla pa va md mass calif")
PARTICLES = _set("van von der den de del della di da dos du la le bin ibn ben al el ter")
# What may follow a city after a comma.
REGIONS = _set(
    "afghanistan,albania,algeria,andorra,angola,argentina,armenia,australia,austria,azerbaijan,bahrain,"
    "bangladesh,belarus,belgium,benin,bolivia,bosnia,botswana,brazil,britain,bulgaria,burma,cambodia,"
    "cameroon,canada,chad,chile,china,colombia,congo,croatia,cuba,cyprus,denmark,ecuador,egypt,england,"
    "eritrea,estonia,ethiopia,europe,finland,france,gabon,georgia,germany,ghana,greece,greenland,"
    "guatemala,guinea,haiti,honduras,hungary,iceland,india,indonesia,iran,iraq,ireland,israel,italy,"
    "jamaica,japan,jordan,kazakhstan,kenya,kosovo,kuwait,kyrgyzstan,laos,latvia,lebanon,liberia,libya,"
    "lithuania,luxembourg,madagascar,malaysia,mali,malta,mauritius,mexico,moldova,monaco,"
    "mongolia,montenegro,morocco,mozambique,myanmar,namibia,nepal,netherlands,nicaragua,niger,nigeria,"
    "norway,oman,pakistan,palestine,panama,paraguay,peru,philippines,poland,portugal,qatar,romania,russia,"
    "rwanda,scotland,senegal,serbia,singapore,slovakia,slovenia,somalia,spain,sudan,sweden,switzerland,"
    "syria,taiwan,tajikistan,tanzania,thailand,tunisia,turkey,türkiye,turkmenistan,uganda,ukraine,uruguay,"
    "us,usa,u.s,u.s.a,uk,u.k,uae,ussr,uzbekistan,venezuela,vietnam,wales,yemen,zambia,zimbabwe,africa,"
    "america,antarctica,asia,alabama,alaska,arizona,arkansas,california,colorado,connecticut,crimea,"
    "delaware,donbas,florida,hawaii,idaho,illinois,indiana,iowa,kansas,kentucky,louisiana,maine,maryland,"
    "massachusetts,michigan,minnesota,mississippi,missouri,montana,nebraska,nevada,ohio,oklahoma,ontario,"
    "oregon,pennsylvania,quebec,siberia,tennessee,texas,utah,vermont,virginia,wisconsin,wyoming,d.c,dc,"
    "calif,fla,ga,mass,pa,va,md,n.y,czechia,united states,united kingdom,united arab emirates,"
    "soviet union,south korea,north korea,south africa,saudi arabia,new zealand,sri lanka,costa rica,"
    "el salvador,ivory coast,sierra leone,papua new guinea,northern ireland,czech republic,dominican republic,"
    "central african republic,burkina faso,hong kong,middle east,north america,south america,latin america,"
    "puerto rico,new york,new jersey,new mexico,new hampshire,north carolina,south carolina,north dakota,"
    "south dakota,west virginia,rhode island,new england,new south wales,west bank,far east,north macedonia,"
    "russian federation,great britain",
    ",",
)
PLACES = REGIONS | _set(
    "amsterdam,ankara,athens,atlanta,baghdad,bangkok,barcelona,beijing,beirut,belgrade,berlin,bern,boston,"
    "bratislava,brussels,bucharest,budapest,cairo,chicago,copenhagen,damascus,delhi,detroit,dhaka,doha,"
    "dubai,dublin,edinburgh,frankfurt,gaza,geneva,glasgow,hague,hamburg,hanoi,havana,helsinki,houston,"
    "islamabad,istanbul,jakarta,jerusalem,kabul,kharkiv,kiev,kyiv,lagos,lima,lisbon,ljubljana,london,"
    "luhansk,donetsk,lviv,madrid,manila,melbourne,miami,milan,minsk,montreal,moscow,mumbai,munich,"
    "nairobi,nanjing,naples,odessa,odesa,oslo,ottawa,oxford,paris,philadelphia,prague,pyongyang,riga,"
    "riyadh,rome,rotterdam,seattle,seoul,shanghai,sofia,stockholm,sydney,tallinn,tehran,tokyo,toronto,"
    "tripoli,tunis,vancouver,venice,vienna,vilnius,warsaw,washington,yerevan,zagreb,zurich,kuala lumpur,"
    "los angeles,san francisco,new delhi,mexico city,new york city,buenos aires,rio de janeiro,tel aviv,"
    "abu dhabi,cape town,st petersburg,saint petersburg,sao paulo,são paulo,las vegas,san diego,camp david,"
    "addis ababa,phnom penh,wall street",
    ",",
)
# Places that people are called by, too.
ALSO_NAMES = _set("washington jordan georgia paris chad israel sydney virginia houston sofia florence jerusalem")
PLACE_HEADS = _set(
    "sea ocean river lake bay gulf canal strait island islands mountain mountains valley desert peninsula street"
    " square avenue road airport base palace castle park beach port harbor harbour bridge city county province"
    " territory territories coast hotel stadium north south east west northern southern eastern western central"
    " village town district region republic"
)
BODY_HEADS = _set(
    "ministry council university organization organisation party inc corp corporation ltd plc company bank union"
    " committee commission agency department association institute college school church army navy force forces court"
    " parliament congress senate assembly federation group foundation board office service services administration"
    " bureau league club forum alliance command house museum hospital airlines times post news society fund authority"
    " guard police network academy laboratory orchestra center centre consortium confederation treaty pact"
)
BODIES = _set(
    "kremlin,white house,pentagon,downing street,state duma,duma,bundestag,knesset,hamas,taliban,hezbollah,"
    "google,microsoft,apple,boeing,airbus,gazprom,reuters,xinhua,sputnik,politico,facebook,twitter,amazon,"
    "tesla,interpol,european union,united nations,red cross,capitol,al-qaeda,associated press,greenpeace,"
    "unesco,unicef,opec,nasa,eu,rosneft",
    ",",
)
# Capitalised in titles and headlines, and no part of a person's name.
NOT_NAMES = _set(
    "state foreign defense defence security national international federal royal supreme general military affairs"
    " interior finance justice health trade energy deputy prime vice chief senior former special acting staff armed"
    " strategic stability russian american ukrainian british french german chinese european israeli iranian turkish"
    " japanese indian polish italian spanish dutch swiss belgian austrian canadian australian korean soviet western"
    " islamic arab african asian eurasian christian muslim jewish catholic new year happy merry christmas eve war"
    " world treaty agreement act day summit conference talks street guarantees washington-based god internet photo"
    " image source"
)
NO_PERSON = BODY_HEADS | PLACE_HEADS | NOT_NAMES | BODIES | CALENDAR
NO_ACRONYMS = PLACES | CALENDAR | _set("am pm tv ceo ad bc bce ce ok")
