"""The abbreviations of the field: what each stands for and, where a source of the record says more, what it is."""

from django.utils.translation import gettext_lazy as _

from pkportal.website.definitions import Definition, abbreviations

FULL_NAMES = """
    AAR = after-action review
    AEW = airborne early warning
    AFP = Agence France-Presse
    AFPS = American Forces Press Service
    AFSOUTH = Allied Forces Southern Europe
    AGS = Alliance Ground Surveillance
    AIRCOM = Allied Air Command
    AIRSOUTH = Allied Air Forces Southern Europe
    AJP = Allied Joint Publication
    AMIS = African Union Mission in Sudan
    AMISOM = African Union Mission in Somalia
    ANA = Afghan National Army
    ANDSF = Afghan National Defence and Security Forces
    ANP = Afghan National Police
    ANSF = Afghan National Security Forces
    AOR = area of responsibility
    APOD = air port of debarkation
    ARRC = Allied Rapid Reaction Corps
    ATAF = Allied Tactical Air Force
    AU = African Union
    AWACS = Airborne Warning and Control System
    BBC = British Broadcasting Corporation
    BMD = ballistic missile defence
    C-IED = counter-improvised explosive devices
    C2 = command and control
    C3 = command, control and communications
    CALL = Center for Army Lessons Learned
    CAOC = Combined Air Operations Centre
    CAS = close air support
    CASEVAC = casualty evacuation
    CBRN = chemical, biological, radiological and nuclear
    CHMR = civilian harm mitigation and response
    CIMIC = civil-military cooperation
    CIVCAS = civilian casualties
    CJTF = Combined Joint Task Force
    CMI = civil-military interaction
    COIN = counter-insurgency
    COMISAF = Commander of ISAF
    COMKFOR = Commander of KFOR
    COMSFOR = Commander of SFOR
    CONOPS = concept of operations
    COVID = coronavirus disease
    COW = Correlates of War, a research project with country codes of its own
    CRC = crowd and riot control
    CRS = Congressional Research Service
    CRSV = conflict-related sexual violence
    CSCE = Conference on Security and Co-operation in Europe
    CT = counter-terrorism
    CUI = critical undersea infrastructure
    DCB = Defence and Related Security Capacity Building
    DDR = disarmament, demobilisation and reintegration
    DoD = United States Department of Defense
    DSACEUR = Deputy Supreme Allied Commander Europe
    DSSR = defence and related security sector reform
    DVIDS = Defense Visual Information Distribution Service
    EADRCC = Euro-Atlantic Disaster Response Coordination Centre
    EAPC = Euro-Atlantic Partnership Council
    ECR = electronic combat and reconnaissance
    EOD = explosive ordnance disposal
    EU = European Union
    EUFOR = European Union Force
    EULEX = European Union Rule of Law Mission in Kosovo
    EUNAVFOR = European Union Naval Force
    EUPOL = European Union Police Mission
    EUR = euro
    FET = female engagement team
    FMN = Federated Mission Networking
    FOM = freedom of movement
    FRY = Federal Republic of Yugoslavia
    FYROM = former Yugoslav Republic of Macedonia
    GAO = United States General Accounting Office, since 2004 Government Accountability Office
    GBAD = ground-based air defence
    GENAD = gender adviser
    GLOC = ground lines of communication
    HA/DR = humanitarian assistance and disaster relief
    HCDC = House of Commons Defence Committee
    HDMS = prefix of Danish naval ships
    HMCS = prefix of Canadian naval ships
    HMS = prefix of British naval ships
    HNLMS = prefix of Dutch naval ships
    HNoMS = prefix of Norwegian naval ships
    HNS = host-nation support
    HQ = headquarters
    HRW = Human Rights Watch
    HUMINT = human intelligence
    ICC = International Criminal Court
    ICI = Istanbul Cooperation Initiative
    ICTY = International Criminal Tribunal for the former Yugoslavia
    IDP = internally displaced person
    IED = improvised explosive device
    IHL = international humanitarian law
    IISS = International Institute for Strategic Studies
    InfoOps = information operations
    IOC = International Olympic Committee
    ISIL = Islamic State of Iraq and the Levant
    ISIS = Islamic State of Iraq and Syria
    ISR = intelligence, surveillance and reconnaissance
    JALLC = Joint Analysis and Lessons Learned Centre
    JFAC = Joint Force Air Component
    JFC = Joint Force Command
    JFTC = Joint Force Training Centre
    KIA = killed in action
    KLA = Kosovo Liberation Army
    KSF = Kosovo Security Force
    LANDCOM = Allied Land Command
    LI = lesson identified
    LL = lesson learned
    LMT = liaison and monitoring team
    LOAC = law of armed conflict
    LOC = line of communication
    M49 = the United Nations' standard of country codes
    MARCOM = Allied Maritime Command
    MC = Military Committee
    MD = Mediterranean Dialogue
    MDI = Military Deployment Index
    MEDEVAC = medical evacuation
    MIO = maritime interdiction operation
    MNB = multinational brigade
    MNBG = multinational battle group
    MND = multinational division
    MoD = Ministry of Defence
    MRTT = multi-role tanker transport
    MSA = maritime situational awareness
    MSO = maritime security operation
    MSU = multinational specialised unit
    NAEW = NATO Airborne Early Warning
    NATO = North Atlantic Treaty Organization
    NBC = nuclear, biological and chemical
    NDN = Northern Distribution Network
    NDU = National Defense University
    NFZ = no-fly zone
    NRF = NATO Response Force
    NRP = prefix of Portuguese naval ships
    NSPA = NATO Support and Procurement Agency
    OHR = Office of the High Representative
    OMLT = operational mentor and liaison team
    OPLAN = operation plan
    ORF = Operational Reserve Force
    OSCE = Organization for Security and Co-operation in Europe
    OSINT = open-source intelligence
    PfP = Partnership for Peace
    PIFWC = person indicted for war crimes
    PKO = peacekeeping operation
    POC = protection of civilians
    POMLT = police operational mentor and liaison team
    PRT = provincial reconstruction team
    PSO = peace support operation
    PSYOPS = psychological operations
    QRA = quick reaction alert
    QRF = quick reaction force
    R2P = responsibility to protect
    RAF = Royal Air Force
    RC = Regional Command
    RFA = Royal Fleet Auxiliary, prefix of British support ships
    RFE/RL = Radio Free Europe/Radio Liberty
    RPAS = remotely piloted aircraft system
    RtoP = responsibility to protect
    S/RES = the symbol of Security Council resolutions
    SACT = Supreme Allied Commander Transformation
    SALIS = Strategic Airlift International Solution
    SALW = small arms and light weapons
    SAM = surface-to-air missile
    SASE = safe and secure environment
    SCR = Security Council resolution
    SFA = security force assistance
    SFAB = Security Force Assistance Brigade
    SFRY = Socialist Federal Republic of Yugoslavia
    SG = Secretary General
    SHADE = Shared Awareness and Deconfliction
    SIGAR = Special Inspector General for Afghanistan Reconstruction
    SIGINT = signals intelligence
    SLOC = sea lines of communication
    SNMG = Standing NATO Maritime Group
    SOFA = status of forces agreement
    SOP = standard operating procedure
    SPS = prefix of Spanish naval ships
    SSR = security sector reform
    STANAVFORMED = Standing Naval Force Mediterranean
    STRATCOM = strategic communications
    TAA = train, advise and assist
    TCCC = tactical combat casualty care
    TCG = prefix of Turkish naval ships
    TCN = troop-contributing nation
    TF = Task Force
    TOA = transfer of authority
    UAE = United Arab Emirates
    UAS = unmanned aircraft system
    UAV = unmanned aerial vehicle
    UCK = Kosovo Liberation Army (Ushtria Çlirimtare e Kosovës)
    UK = United Kingdom
    UN = United Nations
    UNAMA = United Nations Assistance Mission in Afghanistan
    UNAMID = African Union–United Nations Hybrid Operation in Darfur
    UNHCR = United Nations High Commissioner for Refugees
    UNMIK = United Nations Interim Administration Mission in Kosovo
    UNSC = United Nations Security Council
    UNSCR = United Nations Security Council resolution
    UNSG = United Nations Secretary-General
    US = United States
    USD = United States dollar
    USS = prefix of United States naval ships
    UXO = unexploded ordnance
    VBSS = visit, board, search and seizure
    VJTF = Very High Readiness Joint Task Force
    WEU = Western European Union
    WIA = wounded in action
    WMD = weapons of mass destruction
    WPS = women, peace and security
"""

ABBREVIATIONS = [
    *abbreviations(FULL_NAMES),
    Definition(
        "ACE",
        _("NATO's strategic command in Europe until 2003; its successor is Allied Command Operations."),
        "Allied Command Europe",
        ("wp-saceur",),
    ),
    Definition(
        "ACO",
        _("NATO's strategic command for operations, so named since 2003."),
        "Allied Command Operations",
        ("wp-saceur",),
    ),
    Definition(
        "DPC",
        _("A body in which France did not sit; in 2003 it planned the defence of Turkey."),
        "Defence Planning Committee",
        ("nato-dpc-2003",),
    ),
    Definition(
        "GFAP",
        _("The Dayton agreement of 14 December 1995, on peace in Bosnia and Herzegovina."),
        "General Framework Agreement for Peace",
        ("planken-ifor",),
    ),
    Definition(
        "KVM",
        _("Unarmed verifiers of the OSCE in Kosovo, who left on 20 March 1999."),
        "Kosovo Verification Mission",
        ("wp-kvm",),
    ),
    Definition(
        "MTA",
        _("The agreement of 9 June 1999 on the withdrawal of Yugoslav forces from Kosovo."),
        "Military Technical Agreement",
        ("planken-kfor",),
    ),
    Definition(
        "NAC",
        _("The council of NATO's members, which has the political direction of operations."),
        "North Atlantic Council",
        ("wp-saceur", "acus-oup-final"),
    ),
    Definition(
        "ROE",
        _(
            "Directives that say when and how force may be used. NATO's military authorities draw them up, the North "
            "Atlantic Council approves them."
        ),
        "rules of engagement",
        ("auerswald-2014", "planken-harbor"),
    ),
    Definition(
        "SACEUR",
        _("The officer who leads Allied Command Operations."),
        "Supreme Allied Commander Europe",
        ("wp-saceur",),
    ),
    Definition(
        "SHAPE",
        _("The headquarters of Allied Command Operations, near Mons."),
        "Supreme Headquarters Allied Powers Europe",
        ("wp-saceur",),
    ),
    Definition(
        "UNPROFOR",
        _("The United Nations force in the former Yugoslavia; in Bosnia IFOR took over from it on 20 December 1995."),
        "United Nations Protection Force",
        ("wp-ifor", "nl-ifor-sfor"),
    ),
]
