# ruff: noqa: RUF001 (letters of every alphabet)
"""Names and abbreviations of the months in 69 languages, folded (`fold_month`).

Written by `python -m tools.month_names`: change that, and run it again.

Origin: Unicode CLDR, as shipped with Babel 2.18.0. Unicode License v3, https://www.unicode.org/license.txt.
"""

from typing import Final

MONTHS: Final = (
    """ean eanair ene enero gen gener gennaio ian ianuarie ion ionawr jaan jaanuar jan janar janeiro janner januar
    januara januari january janv janvaris janvier led leden ledna oca ocak saus sausio sausis sij sijecanj
    sijecnja sty styczen stycznia tammi tammikuu tammikuuta xan xaneiro yan yanvar ιαν ιανουαριοσ ιανουαριου сту
    студзень студзеня січ січень січня янв январь января яну януари јан јануар јануара јануари қаң қаңтар հնվ
    հունվար հունվարի בינואר בינו׳ ינואר ינו׳ جانفي جنوری كانون_الثاني يناير ژانویه जनवरी जन॰ जाने जानेवारी জানু
    জানুযারী ਜਨ ਜਨਵਰੀ જાનયુ જાનયુઆરી ஜன ஜனவரி జన జనవరి ಜನ ಜನವರಿ ജനു ജനുവരി ජන ජනවාරි ม.ค มกราคม ມ.ກ ມັງກອນ ဇန
    ဇနနဝါရီ იან იანვარი មករា""",
    """chw chwef chwefror feabh feabhra feb febbraio febr febreiro febrer febrero februar februara februari
    februarie februaris february fev fevereiro fevr fevral fevrier helmi helmikuu helmikuuta lut lutego luty peb
    pebrero shk shkurt sub subat uno unor unora vas vasario vasaris veebr veebruar velj veljaca veljace φεβ
    φεβρουαριοσ φεβρουαριου ақп ақпан лют лютага лютии лютого люты феб фебруар фебруара фев февр февраль февраля
    февруари փետրվար փետրվարի փտվ בפברואר בפבר׳ פברואר פבר׳ شباط فبراير فروری فوریه فيفري फरवरी फर॰ फेबरु
    फेबरुअरी फेबरुवारी ফেব ফেবরুযারী ਫਰ ਫਰਵਰੀ ફેબરુ ફેબરુઆરી பிப பிபரவரி ఫిబర ఫిబరవరి ಫೆಬರ ಫೆಬರವರಿ ഫെബരു
    ഫെബരുവരി පෙබ පෙබරවාරි ก.พ กมภาพันธ์ ກ.ພ ກມພາ ဖေ ဖေဖောဝါရီ თებ თებერვალი កុមភៈ""",
    """bre brezen brezna kov kovas kovo maalis maaliskuu maaliskuuta maart mac machi mar marc marca march marcius
    marco marec maret mars marso mart marta martie marts marz marzec marzo maw mawrth mrt ozu ozujak ozujka μαρ
    μαρτιοσ μαρτιου бер березень березня мар март марта нау наурыз сак сакавік сакавіка մարտ մարտի մրտ במרץ מרץ
    اذار مارس مارچ मारच মারচ ਮਾਰਚ મારચ மார மாரச మారచి ಮಾರಚ മാർ മാർചച මාර මාරතු มี.ค มีนาคม ມ.ນ ມີນາ မတ მარ მარტი
    មីនា""",
    """abr abril aib aibrean apr aprel april aprila aprile aprili aprilie aprilis aprill avr avril bal balandis
    balandzio dub duben dubna ebr ebrill huhti huhtikuu huhtikuuta kwi kwiecien kwietnia nis nisan pri prill tra
    travanj travnja απρ απριλιοσ απριλιου апр апрель апреля април априла квіт квітень квітня кра красавік
    красавіка сәу сәуір ապր ապրիլ ապրիլի אפריל אפר׳ באפריל באפר׳ ابريل افريل اوریل اپریل نيسان अपरिल अपरैल एपरि
    एपरिल এপরি এপরিল ਅਪਰੈ ਅਪਰੈਲ એપરિલ ஏப ஏபரல ఏపరి ఏపరిల ಏಪರಿ ಏಪರಿಲ ഏപരി ഏപരിൽ අප‍රෙල เม.ย เมษายน ມ.ສ ເມສາ ဧပြီ
    აპრ აპრილი មេសា""",
    """beal bealtaine geg geguze geguzes kve kveten kvetna mag maggio mai maig maijs maio maj maja majus may mayis
    mayo mei svi svibanj svibnja touko toukokuu toukokuuta μαι μαιοσ μαιου маи мам мамыр мая мај маја трав
    травень травня մայիս մայիսի մյս במאי מאי ايار ماي مايو مه ميی मई मे মে ਮਈ મે மே మే ಮೇ മേയ මැයි พ.ค พฤษภาคม
    ພ.ພ ພຶດສະພາ မေ მაი მაისი ឧសភា""",
    """birz birzelio birzelis cerven cervna cvn cze czerwca czerwiec giu giugno haz haziran hun hunyo iun iunie iyn
    iyun juin jun juna june junho juni junij junijs junio junius juny juuni kesa kesakuu kesakuuta lipanj lipnja
    meh mehefin meith meitheamh qer qershor xuno ιουν ιουνιοσ ιουνιου июн июнь июня мау маусым черв червень
    червня чэр чэрвень чэрвеня юни јун јуна јуни հնս հունիս հունիսի ביוני יוני جوان جون حزيران يونيو ژوين जुन
    जून জুন ਜੂਨ જૂન ஜூன జూన ಜೂನ ജൂൺ ජූනි มิ.ย มิถนายน ມິ.ຖ ມິຖນາ ဇွန ივნ ივნისი មិថុនា""",
    """cervence cervenec cvc gor gorff gorffennaf heina heinakuu heinakuuta hul hulyo iuil iul iulie iyl iyul juil
    juillet jul jula julai julho juli julij julijs julio juliol julius july juuli korr korrik liep liepa liepos
    lip lipca lipiec lug luglio srpanj srpnja tem temmuz xul xullo ιουλ ιουλιοσ ιουλιου июл июль июля лип липень
    липня ліп ліпень ліпеня шіл шілде юли јул јула јули հլս հուլիս հուլիսի ביולי יולי تموز جولايی جويلية يوليو
    يوليوز ژويیه जुलाई जुलै जुल॰ জুল জুলাই ਜੁਲਾ ਜੁਲਾਈ જુલાઈ ஜூலை జులె ಜುಲೈ ജൂലൈ ජූලි ก.ค กรกฎาคม ກ.ລ ກໍລະກົດ ဇူ
    ဇူလိုင ივლ ივლისი កកកដា""",
    """ag ago agost agosti agosto agu agust agustos agustus aout aug august augusta augusti augusts augustus
    augusztus avg avgust avq avqust awst elo elokuu elokuuta gush gusht kol kolovoz kolovoza lun lunasa ogo ogos
    rugp rugpjucio rugpjutis sie sierpien sierpnia srp srpen srpna αυγ αυγουστοσ αυγουστου авг август августа
    жні жнівень жніуня серп серпень серпня там тамыз օգոստոս օգոստոսի օգս אוגוסט אוג׳ באוגוסט באוג׳ اب اغسطس اوت
    اگست غشت अगसट अगसत अग॰ ऑग ऑगसट আগ আগসট ਅਗ ਅਗਸਤ ઑગસટ ஆக ஆகஸட ఆగ ఆగసటు ಆಗ ಆಗಸಟ ഓഗ ഓഗസററ අගො අගොසතු ส.ค
    สิงหาคม ສ.ຫ ສິງຫາ ဩဂုတ აგვ აგვისტო សីហា""",
    """eyl eylul mean_fomhair medi mfomh rugs rugsejis rugsejo ruj rujan rujna sen sentabr sentyabr sep sept
    septemba septembar september septembra septembre septembrie septembris septiembre set setembre setembro
    setiembre settembre setyembre sht shtator syys syyskuu syyskuuta szept szeptember wrz wrzesien wrzesnia zar
    zari σεπ σεπτεμβριοσ σεπτεμβριου вер верасень верасня вересень вересня сент сентябрь сентября сеп септембар
    септембра септември қыр қыркүиек սեպ սեպտեմբեր սեպտեմբերի בספטמבר בספט׳ ספטמבר ספט׳ ايلول سبتمبر ستمبر
    سپتامبر شتنبر सपटें सपटेंबर सितंबर सित॰ सेपटेमबर সেপ সেপটেমবর ਸਤੰ ਸਤੰਬਰ સપટે સપટેમબર செப செபடமபர సెపటెం
    సెపటెంబర ಸೆಪಟೆಂ ಸೆಪಟೆಂಬರ സെപററം സെപററംബർ සැප සැපතැමබර ก.ย กันยายน ກ.ຍ ກັນຍາ စက စကတငဘာ სექ სექტემბერი កញញា""",
    """deireadh_fomhair dfomh eki ekim hyd hydref loka lokakuu lokakuuta oct october octobre octombrie octubre okt
    oktabr oktoba oktobar oktober oktobra oktobris oktoober oktubre oktyabr ott ottobre out outubro paz
    pazdziernik pazdziernika rij rijen rijna spal spalio spalis tet tetor οκτ οκτωβριοσ οκτωβριου жовт жовтень
    жовтня кас кастрычнік кастрычніка окт октобар октобра октомври октябрь октября қаз қазан հոկ հոկտեմբեր
    հոկտեմբերի אוקטובר אוק׳ באוקטובר באוק׳ اكتوبر اکتبر اکتوبر تشرين_الاول अकटूबर अकटू॰ अकटोबर ऑकटो ऑकटोबर অকটো
    অকটোবর ਅਕਤੂ ਅਕਤੂਬਰ ઑકટો ઑકટોબર அக அகடோபர అకటో అకటోబర ಅಕಟೋ ಅಕಟೋಬರ ഒകടോ ഒക‌ടോബർ ඔක ඔකතොබර ต.ค ตลาคม
    ຕ.ລ ຕລາ အောက အောကတိုဘာ ოქტ ოქტომბერი តុលា""",
    """kas kasim lapkr lapkricio lapkritis lis listopad listopada listopadu marras marraskuu marraskuuta nen nentor
    nob nobyembre noiembrie nov novemba novembar november novembra novembre novembris novembro noviembre noy
    noyabr samh samhain stu studeni studenoga tach tachwedd νοε νοεμβριοσ νοεμβριου лист листопад листопада ліс
    лістапад лістапада нов новембар новембра ное ноември нояб ноябрь ноября қар қараша նոյ նոյեմբեր նոյեմբերի
    בנובמבר בנוב׳ נובמבר נוב׳ تشرين_الثاني نوامبر نوفمبر نومبر نونبر नवंबर नव॰ नोभेमबर नोवहें नोवहेंबर নভে
    নভেমবর ਨਵੰ ਨਵੰਬਰ નવે નવેમબર நவ நவமபர నవం నవంబర ನವೆಂ ನವೆಂಬರ നവം നവംബർ නොවැ නොවැමබර พ.ย พฤศจิกายน ພ.ຈ ພະຈິກ
    နို နိုဝငဘာ ნოე ნოემბერი វិចឆិកា""",
    """ara aralik dec decembar december decembra decembre decembrie decembris decembro dek dekabr des desemba
    desember desembre dets detsember dez dezember dezembro dhj dhjetor dic dicembre diciembre dis disember
    disyembre gru grudnia grudzien gruod gruodis gruodzio joulu joulukuu joulukuuta noll nollaig pro prosinac
    prosinca prosince prosinec rhag rhagfyr δεκ δεκεμβριοσ δεκεμβριου груд грудень грудня дек декабрь декабря
    декември дец децембар децембра жел желтоқсан сне снежань снежня դեկ դեկտեմբեր դեկտեմբերի בדצמבר בדצמ׳ דצמבר
    דצמ׳ دجنبر دسامبر دسمبر ديسمبر كانون_الاول डिसें डिसेंबर डिसेमबर दिसंबर दिस॰ ডিসে ডিসেমবর ਦਸੰ ਦਸੰਬਰ ડિસે
    ડિસેમબર டிச டிசமபர డిసెం డిసెంబర ಡಿಸೆಂ ಡಿಸೆಂಬರ ഡിസം ഡിസംബർ දෙසැ දෙසැමබර ธ.ค ธันวาคม ທ.ວ ທັນວາ ဒီ ဒီဇငဘာ დეკ
    დეკემბერი ធនូ""",
)
"""January to December, in all languages at once."""
MONTHS_OF_LANGUAGE: Final = {
    "hr": {"lip": 6, "lis": 10, "listopad": 10, "listopada": 10, "srp": 7},
}
"""Language -> names that mean another month elsewhere -> 1 to 12."""
