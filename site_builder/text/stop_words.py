"""Words that say nothing of the subject of a text, in English, German, French and Spanish together.

A word that is a stop word in one language and says something in another ("die", "war", "son") is not among them: how
common it is decides what it weighs.
"""

from typing import Final

_ENGLISH: Final = """
a about above across after again against ago all almost along already also although always am among an and another any
anyone anything are aren around as at away back be became because become becomes been before behind being below best
better between both but by came can cannot come comes could couldn did didn do does doesn doing don done down during
each either else enough even ever every everyone everything few first for from further gave get gets getting give
given gives go goes going gone good got great had hadn has hasn have haven having he hence her here hers herself him
himself his how however i if in indeed instead into is isn it its itself just keep kept know known last later least
less let like likely ll lot made make makes making many may maybe me might mine more most much must my myself need
needs neither never new next no nobody none nor not nothing now of off often on once one ones only onto or other
others otherwise our ours ourselves out over own per perhaps put quite rather re really said same saw say says see
seem seems seen several shall she should shouldn since so some someone something sometimes soon still such take taken
takes taking tell than that the their theirs them themselves then there therefore these they thing things think this
those though three through thus to together told too took toward towards two under until up upon us use used uses
using ve very via want was wasn way ways we well went were weren what whatever when where whether which while who
whole whom whose why will with within without won would wouldn yes yet you your yours yourself
"""
_GERMAN: Final = """
aber alle allem allen aller alles als am andere anderen anderer anderes auch auf aus bei beim bereits bin bis bisher
da dabei dadurch dafur dagegen daher damit danach dann daran darauf daraus darin daruber darum das dass davon dazu
dein deine dem den denn dennoch der deren des deshalb dessen dich dies diese diesem diesen dieser dieses dir doch dort
du durch durfen ebenso ein eine einem einen einer eines einige einigen einmal er erst es etwa etwas euch euer fur ganz
gar gegen gibt habe haben hat hatte hatten hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer indem ins
ist ja jede jedem jeden jeder jedes jedoch jene jetzt kann kein keine keinem keinen keiner konnen konnte konnten
machen mehr mein meine mich mir mit muss mussen musste nach nachdem nein neue neuen nicht nichts noch nun nur ob oder
ohne schon sehr sein seine seinem seinen seiner seit sich sie sind so sogar solche soll sollen sollte sollten sondern
sonst sowie uber um und uns unser unsere unserer unter viel viele vielen vom von vor wahrend waren warum wegen weil
weiter welche welcher wenn wer werde werden weshalb wie wieder wir wird wo wobei wollen worden wurde wurden zu zum zur
zwar zwei zwischen
"""
_FRENCH: Final = """
ainsi alors apres au aucun aucune aussi autre autres aux avait avant avec avoir beaucoup bien car ce ceci cela celle
celles celui ces cet cette ceux chaque chez ci comme comment dans de deja depuis des deux donc dont du elle elles en
encore entre est et etaient etait etant etc ete etre eu eux faire fait faut ici il ils je jusqu la le les leur leurs
lors lorsque lui mais meme memes moins ne ni nos notre nous on ont ou par parce pas pendant peu peut peuvent plus
plusieurs pour pourquoi pouvoir puis qu quand que quel quelle quelles quelques quels qui quoi sa sans se selon sera
ses si sont sous souvent sur ta tandis te tes tous tout toute toutes tres trop tu un une vers voici voir vos votre
vous
"""
_SPANISH: Final = """
ademas ahora al algo alguien alguna algunas alguno algunos ante antes aquel aquella aquellos aqui asi aun aunque bajo
cada como con contra cual cuales cuando cuanto de debe debido del desde despues donde dos el ella ellas ello ellos en
entonces entre era eran es esa esas ese eso esos esta estaba estado estan estar estas este esto estos fue fueron ha
habia haber hace hacer hacia han hasta hay incluso la las le les lo los luego mas me mediante menos mi mientras misma
mismo mucha muchas mucho muchos muy nada ni nos nosotros nuestra nuestro nunca o otra otras otro otros para pero poco
por porque pues puede pueden que quien quienes se segun ser si sido siempre sino sobre solo su sus tal tambien tan
tanto te tiene tienen todo todos tras tu un una unas uno unos usted vez ya yo
"""
_OF_ADDRESSES: Final = "http https www com org net html htm php index"
STOP_WORDS: Final = frozenset(f"{_ENGLISH} {_GERMAN} {_FRENCH} {_SPANISH} {_OF_ADDRESSES}".split())
"""Folded: in lower case and without accents."""
