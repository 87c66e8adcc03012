"""Words that say nothing of what a claim is about, of each language that the desk reads.

Months are among them: a day is a fact, and very many claims are of the same one.
"""

SMALL_WORDS = {
    "en": "the and of to in on at by for from with as is are was were be been has have had it its that this these those"
    " which who what when where than then there their they his her our your not no nor or but if so into over under"
    " after before between about around roughly nearly almost approximately more less most least some any all each per"
    " up down out said says say told according will would could should may might can did does do an one percent million"
    " millions billion billions january february march april june july august september october november december",
    "de": "der die das des dem den und ist sind war waren ein eine einer eines einem einen mit von vom zu zum zur im am"
    " auf für aus bei nach seit bis wie als auch sich hat haben hatte wird wurde wurden nicht noch nur rund etwa mehr"
    " weniger über unter laut teilte sagte es er sie dass prozent millionen milliarde milliarden januar februar märz"
    " mai juni juli oktober dezember",
    "fr": "le la les un une des du de et est sont était dans pour par sur avec que qui aux au ce cette ces il elle ont"
    " plus moins environ près selon en ne pas se sa son ses leur a d l s pourcent pourcentage milliard milliards"
    " janvier février mars avril juin juillet août septembre octobre novembre décembre",
    "es": "el los las del con para por su sus es fue han más menos unos unas cerca según una y o al lo como millones"
    " enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "os as um uma do da dos das em no na nos nas foi são mais segundo ao pelo pela e com não milhões janeiro"
    " fevereiro março maio junho julho setembro outubro novembro dezembro",
    "it": "gli i uno di della dello dei degli delle nel nella sono stato stata più circa secondo alla che ha miliardi"
    " gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre",
    "nl": "het een van op met voor door aan bij zijn werd ongeveer ruim dat niet te ook meer dan januari februari maart"
    " mei augustus",
    "ar": "في من على إلى الى عن أن ان التي الذي هذا هذه كان كانت نحو حوالي بعد قبل قال قالت ما لا هو هي و"
    " يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
