"""Names of the months, in full and short, in the languages of those who send tables: as Django writes them.

A name that is that of two months in two languages is left out, such as listopad, unless it is English.
"""

from .words import search_words

NAMES_OF_MONTHS = [  # of January, of February and so on, as names are compared: without accents and in small letters
    "january jan ene enero gen gennaio ian ianuarie jaan jaanuar jaenner janar janeiro janner januar januari "
    "janvaris janvier leden ledna oca ocak sau saus sausio sausis sij sijecanj sijecnja sty styczen "
    "stycznia tam tammi tammikuu tammikuuta ιαν ιανουαριοσ ιανουαριου січ січень січня ян янв январь января "
    "януари јан јануари",
    "february feb febbraio feber febr febrero februar februari februarie februaris fev fevereiro fevr fevrier "
    "hel helmi helmikuu helmikuuta lut lutego luty shk shkurt subat uno unor unora vas vasario vasaris "
    "veeb veebruar velj veljaca veljace φεβ φεβρουαριοσ φεβρουαριου лют лютии лютого фев февраль февраля "
    "февруари",
    "march mar bre brezen brezna kov kovas kovo maa maalis maaliskuu maaliskuuta maart maerz marc marca "
    "marcius marco marec mars mart martie marts marz marzec marzo mrt ozu ozujak ozujka μαρ μαρτιοσ μαρτιου "
    "бер березень березня мар март марта",
    "april apr abr abril aprile aprilie aprilis aprill avr avril bal balandis balandzio dub duben dubna huh "
    "huhti huhtikuu huhtikuuta kwi kwiecien kwietnia nis nisan pri prill tra travanj travnja απρ απριλ "
    "απριλιοσ απριλιου апр апрель апреля април кві квітень квітня",
    "may geg geguze geguzes kve kveten kvetna mag maggio mai maijs maio maj maja majus mayis mayo mei svi "
    "svibanj svibnja tou touko toukokuu toukokuuta μαι μαιοσ μαιου маи мая мај тра травень травня",
    "june jun bir birz birzelio birzelis cen cer cerven cervna cze czer czerwca czerwiec giu giugno haz "
    "haziran iun iunie juin junho juni junij junijs junio junius juuni kes kesa kesakuu kesakuuta lipanj "
    "lipnja qer qershor ιουν ιουνιοσ ιουνιου июн июнь июня чер червень червня юни јун јуни",
    "july jul cec cervence cervenec hei heina heinakuu heinakuuta iul iulie juil juillet julho juli julij "
    "julijs julio julius juuli kor korrik lie liep liepa liepos lipca lipiec lug luglio srpanj srpnja tem "
    "temm temmuz ιουλ ιουλιοσ ιουλιου июл июль июля лип липень липня юли јул јули",
    "august aug ago agosto agu agustos aou aout augusti augusts augustus augusztus avg avgust elo elokuu "
    "elokuuta gus gusht kol kolovoz kolovoza rugp rugpj rugpjucio rugpjutis sie sierpien sierpnia srpen srpna "
    "αυγ αυγουστοσ αυγουστου авг август августа сер серпень серпня",
    "september sep sept eyl eylul rugs rugsejis rugsejo ruj rujan rujna septembar septembre septembrie "
    "septembris septiembre set setembro sett settembre sht shta shtator syy syys syyskuu syyskuuta sze szept "
    "szeptember wrz wrzesien wrzesnia zar zari σεπ σεπτ σεπτεμβριοσ σεπτεμβριου вер вересень вересня сен "
    "сентябрь сентября сеп септ септември",
    "october oct eki ekim lok loka lokakuu lokakuuta octobre octombrie octubre okt oktobar oktober oktobris "
    "oktoober ott ottobre outubro paz pazdziernik pazdziernika rij rijen rijna spa spal spalio spalis tet "
    "tetor οκτ οκτωβριοσ οκτωβριου жов жовтень жовтня окт октомври октябрь октября",
    "november nov kas kasim lap lapkr lapkricio lapkritis listopadu marras marraskuu marraskuuta nen nentor "
    "noi noie noiembrie novembar novembre novembris novembro noviembre stu studeni studenoga νοε νοεμ "
    "νοεμβριοσ νοεμβριου лис листопад листопада ное ноем ноември ноя ноябрь ноября",
    "december dec ara aralik decembar decembre decembrie decembris des desember dets detsember dez dezember "
    "dezembro dhj dhjetor dic dicembre diciembre grd gru grudnia grudzien gruod gruodis gruodzio jou joulu "
    "joulukuu joulukuuta prosinac prosinca prosince prosinec δεκ δεκεμβριοσ δεκεμβριου гру грудень грудня "
    "дек декабрь декабря декември",
]
ROMAN_MONTHS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
NUMBERS_OF_MONTHS = {name: number for number, names in enumerate(NAMES_OF_MONTHS, 1) for name in names.split()}
NUMBERS_OF_MONTHS |= {name: number for number, name in enumerate(ROMAN_MONTHS, 1)}


def month_number(name: str) -> int:
    """Return the number of a month by its name. Raises ``ValueError`` for a word that is no month."""
    try:
        return NUMBERS_OF_MONTHS[search_words(name).casefold().strip()]
    except KeyError:
        raise ValueError(f"“{name}” is not a month") from None
