"""Words that tell nothing of what a text is about, folded, of all the region's languages.

They are indexed, so that phrases hold, and left out of a query that has other words.
"""

from typing import Final

_ENGLISH: Final = """
a an and are as at be been by for from had has have he her his in into is it its not of on or
our she so than that the their them they this those these to was we were which who will with
you
"""
_BCMS: Final = """
ali bez bi bio bila bilo biti ce da do ga gde gdje i ih ili ima iz je jer jos kada kako kao
koja koje koji koju kojoj li mu na nad ne nego ni nije nisu no o od ona oni ono ova ovaj ove
ovo po pod pre pri prije sa se si smo ste su sto sta ta taj te to tu u uz vec za
"""
_MACEDONIAN: Final = """
deka di go gi im ja ke koj koi kon mi nea nie nivni od osven po preku pred sto sme so toa tie
tuka vo vrz
"""
_ALBANIAN: Final = """
ai ajo apo asaj ata ate ato dhe duke e edhe eshte i ishte jane ka kane kjo ky me mund nga ne
nje nuk pa per por qe sa se si te tek tij tyre une
"""

STOP_WORDS: Final = frozenset((_ENGLISH + _BCMS + _MACEDONIAN + _ALBANIAN).split())
