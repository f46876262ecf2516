"""Which terms are English loans: by the words of the trade and by what English and no neighbour has."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["ENGLISH_ACRONYMS", "english_words", "is_english", "may_be_english"]

_WORDS = frozenset(
    """
    matter force forces prem omni chatgpt omnichannel gpt hype accelerator advertising affiliate agents alarm algorithm all any app
    apps approach archive area array asset attended attribute attrition auction authorization backup balance bank banner
    barcode basic basket beacon beta bias bid binary bit blind bonus book bookmark bot bots box broad build buying
    calendar capture car card cards career carrier categorisation categorization category celebrity challenge character
    chargeback city class cleaning clear cloud cluster coin common compare comparison competitor complaint complaints component
    concept confirmation console consulting contract corner counter coupon course credential critical culture curve
    customization dark debt decision dedicated degree delay deliverability density department dependency designer
    detection dialogue difference disposition dispute dispatch diversity document double download downtime draft drive duration
    e early economy edit editor elasticity element embedded emergency empathetic employer enablement enquiry enterprise
    equity equipment erosion estimate ethics evergreen exact exception expense expiry express extended extension extra
    fact factor failure fast fee fees filter fingerprint fixed fleet floor flyer font footer footprint format founder frame framework
    frequency fuel gain gate geo gift give gold good graphic grid guided habit hand happy hardening hashtag header healthcare heatmap
    height hidden hierarchy history hit home horizontal host human humanized hunting hunt icon image incremental initial
    initiative inquiry inside inspection installation instruction insurance integrity intelligent intention interest internal interval introduction investment
    invitation iteration kanban kick know landing large launch layer layout leaderboard leak learner leave letter license lifecycle
    light lock low mailing manufacturer margin mass matching material matrix measure mechanism medium meet merchandise merchant micro
    middle milestone minute minutes mission mix monthly multitasking must mutual nearshore negative negotiation net next
    noise nurturing observation occupancy odds omni-channel oriented origin outlier overall overview own pace package pad
    paging pairing paper parallel parameter pareto partial participation passive path penetration perceived perception period
    permission persona physical pickup pie pin ping pitch placement poor popular position positive potential pre prediction preference premiere prime principle
    principles profiling progressive prompt property proposal proposition prototype publishing qualified qualitative
    quantitative quarter questionnaire radio reader readiness reading receiver reciprocity redirect regional registration
    regular reinforcement rejection related relationship reliability rendering replacement representatives reseller reserve reservation resilience
    respond responsibility retail retrieval reverse revision roaming root rotation rough routine satisfied save saving scan science
    scalable search seasonality second sector selection semantic semi senior sensitivity sequence shadow shelf shoulder signal
    significance silver similarity simulation single situational sizing skilled slack slide smart snippet society sort sourced special
    specialist specification sponsored spread squad stack stage start stop store straight strategic stream
    structured subscriber substitution supervised supporting sustainability swap synthetic synthesis tactical tail talent tangible tariff taxonomy temporary
    third three thin through throughput tick timing tip title together tolerance tooltip topic touch town transactional transfers
    transition transit trial tree triage triple true trusted tunnel tutorial unattended understanding unit universal unstructured unsubscribe
    usable utility vanity variance vehicle vertical virtual vital vulnerability wallet war warehousing weak wear webcast welcome
    wild winning wireless wizard worker worth wrong younger recurring
    a abandon abandoned abandonment acceptance access account acd ace acquisition action active activity address
    adherence advisor advocacy advocate after agile agreement ai alert analysis analyst analytics answer answered
    application appointment artificial as asked assist assistant assurance asset attrition audience audit
    authentication auto automated automatic automation autoresponder availability available average avatar back backend
    backlog backoffice bandwidth base based batch behaviour behavior benchmark benchmarking best big bill billing
    blacklist blended blending block board body boomerang bounce brainstorming brand branding breach break bridge
    briefing broadcast browser browsing budget bug bulk bundle burnout business button buyer buzz by cache call callback
    caller calls calling campaign cancel canned capacity care cart case cash center centers central centre centres centric
    certificate chain change channel channels charge chat chatbot chatting checklist checkout chief choice churn claim
    click client close closed closing cloud coach coaching code cold collaboration collection commerce commitment
    communication community company compliance compliant computer computing conduct conference connect connected
    connection consent consumer contact contactless content context continuous contract control conversation
    conversational conversion cookie corporate cost count coverage cover crawl create credit crisis criteria cross crowd
    crowdsourcing current custom customer customers cut cyber cycle daily dashboard data database date day dead deadline
    deal debit deep default defect delivery demand demo deployment design desk desktop detractor developer development
    device dial dialer dialing dialler dialling digital direct directory disaster discount display distribution distributor
    domain down downtime driven drop dropshipping dual due dynamic earned ebook edge education effect effective
    efficiency effort electronic email emotion empathy employee empowerment encryption end engagement engine engineer
    enterprise entry environment equivalent error escalate escalated escalation event evaluation exchange execution exit
    expectation experience expert external eye face fax fault feature feed feedback field file finance firewall
    first fit fix flag flash flat flow focus follow for forecast forecasting form forum forward fraud free freelance
    frequency frequent frequently freemium friction from front frontend frontline fulfillment fulfilment full function funnel
    future game gamification gap gateway general generated generation global goal going grade graph greeting gross group growth
    guarantee guest guide half handle handled handling handover handset happiness hard hardware headset heat help helpdesk
    hero hidden high hold holding home hook hosted hosting hot hotline hour hours house hub human hybrid hype ice
    idea identity idle image impact impression improvement in inbound inbox incentive incident incoming index indicator
    indicators individual industry inflow influencer information infrastructure innovation input insight insights
    instant integrated integration intelligence intelligent intent interaction interactive interface internal internet
    intranet intraday inventory invoice issue item job journey just key keyboard keyword knowledge label lake landing language last
    latency launch law lead leader leadership lean learning length level library licence license life lifecycle lifetime like
    limit line link list listening literacy live load local location log logged login logistics long look loop loss lost
    loyalty machine mail mailbox mailing main maintenance make managed management manager manual map mapping margin
    market marketing marketplace master maturity mean media meeting member memory mention merge message messaging
    messenger method methodology metric metrics middleware minimum mining mirror missed mobile mode model moment
    money monitor monitoring month motion move moderation multi multichannel multimedia multiple music mute mystery name native
    natural near need net network neural new news newsletter next night noise non normal not notes notice notification
    number object objective occupancy of off offer offered offering office offline offshore offshoring on onboarding one
    online only onshore open opening operating operation operational operations operator opportunity opt optimisation
    optimization optimized option order organic organisation organization out outage outbound outcome outgoing outlook
    output outsource outsourced outsourcing overflow overhead owned owner ownership pack package page paid pain panel paperless park
    partner party pass password path pattern pause pay payment peak peer people per percentage performance persona personal
    personalisation personalization phishing phone phrase pick pilot pipeline pixel place plan planning platform play
    player plugin point points policy poll pool pop popup port portal post postpaid power practice pre predictive premise premises
    premium presence present preview price pricing primary print priority privacy private pro proactive problem procedure
    process processing procurement product production productivity profile profit program project promise promoter
    promotion proof prospect prospecting protection protocol provider provisioning public pull purchase push quality query
    question questions queue queuing quick quota quote race random range rank rapid rate rating ratio reach reaction
    reactive ready real reason rebate recall receipt recognition record recording recovery recruitment red reduction
    reference referral refund region regulation relations relationship release relevance reliability remarketing remote repeat
    reply report reporting representative reputation request required requirement research resolution resolve
    resolved resource response responsive rest result results retail retargeting retention return revenue review reward
    rich right ring ringing risk road roadmap robot robotic role roll root roundtable route router routing rule run
    runtime sale sales sample satisfaction scalability scale scenario schedule scheduling scheme scope score scorecard
    scoring scrape screen script scripting scrum seamless search seasonal seat second secure security segment segmentation
    self sell seller selling sender sense sentiment server service services session set setting setup shadowing share
    sharing sheet shift ship shipment shipping shoe shop shopping short shrinkage side sign silent silo simple single
    site size skill skills sla sleep slot small smart social soft softphone software solution solutions source sourcing
    space spam span speaker speech speed split spoofing spot sprint staff staffing stage stakeholder standard star start
    startup state statement station status step stock storage store story storytelling strategy stream streaming stress
    structure study style subject submission subscription success suite summary supervisor supplier supply support
    surge survey swarming switch switchboard system systems table tag tagging talk talking target targeting task tax team
    technical technology telecommuting telemarketing telephone telephony template term test testing text the theory thread
    threshold ticket ticketing tickets tier tiered time timeout timer to token toll tone tool top total touch touchpoint
    touchpoints tour track tracker tracking trade traffic trail trainer training transaction transcript transcription
    transfer transformation translation transparency travel trend trigger troubleshooting trouble trunk trust turn turnover tweet two
    type unattended under unified unique unit update upgrade upload upsell upselling uptime up usability usage use
    user utilisation utilization value vendor verification version video view viral virtual visibility vision visit
    visitor voice voicemail volume wait waiting wake walk wallboard wallet warehouse warm warning warranty waste watch web webchat webhook webinar
    webshop website week weight welcome whisper whitelist white wide widget wifi win window wireless with word words work
    workflow workforce working workload workplace workshop world wrap wrapup year yield zero zone
    """.split()
)
"""English words of the trade. Words that are spelled alike in many languages (agent, bot, system, code) do not prove a
loan by themselves: see `_SHARED`."""

_SHARED = frozenset(
    """
    a agent ai audit avatar bot budget dag data database demo display domain fax forum index in information interface
    internet job log login mobile model moment network media of office on operator order panel partner plan
    platform port portal post process product profil program project protocol pro regulation robot script server
    service standard status team test text tips to total trend type union version video web website system for per
    kredit kontakt standard normal digital global individual general central internal lead master risk form transfer
    date information code client contact service services base application communication conversion organisation
    solution question action transaction situation interaction option position production promotion mention
    incident client satisfaction page image message type panel plateforme budget taxi integration distribution
    automation administration navigation qualification problem email mail tabel motivation migration notification segmentation budget
    """.split()
) - {"office", "services", "lead"}

_STRONG = re.compile(r"(?:ing|ings|ship|ware|ness|able|wise|ight|ough|tch|less|ful)$")
_MAYBE = re.compile(r"(?:ation|ition|sion|ment|ity|ance|ence|ized|ised|ization|isation|ive|ical|ers?|ors?)$")
_PREFIXES = frozenset("co re pre post non multi cross self e un up on off omni tele cyber pro".split())
_PARTS = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]")

ENGLISH_ACRONYMS = frozenset(
    """
    ABR ACC ACD ACS ACSI ACW AHT ANI API ARPU ASA ASR ATT AWT B2B B2C B2G B2U BI BPO C2B C2C CAC CCO CCaaS CES CEM CDP CLI CLTV CLV CMS
    CPA CPC CPCC CPL CPM CPaaS CRM CSAT CSI CSM CSR CTA CTI CTR CX CXM CXO CVR D2C DID DM DNIS DTMF EDI EOD ERP ETA EWT EX FAQ FCR FCRR
    FIFO FRT FTE FTF FTFR FTR GDPR HTML HTTP IaaS ICR IoT IP ITSM ITIL IVR IVA KAM KB KPI LLM LTV MQL MRR MTBF MTTR NCO NLP NLU NOC NPS OCR
    PaaS PBX PCI PCP PIM POS PPC PR QA QM RFP ROAS ROI ROMI RPA RTA SaaS SEA SEM SEO SERP SIP SKU SL SLA SLO SME SMS SPOC SQL SSL SSO TAT
    TSF TTR TTS UCaaS UGC UI URL USP UX VIP VOC VoC VPN VoIP WAV WEM WFM WFO XML XaaS CC QMS IM AWOL OLA RCA RMA ATS CSS CXI BANT UAT
    """.split()
)
"""Acronyms of the trade that stand for English words wherever they are used."""


def english_words() -> frozenset[str]:
    """The English words of the trade, in lower case."""
    return _WORDS


def _word(word: str) -> float:
    """How much a word speaks for English: 1 it does, 0.4 it may, 0 it does not."""
    if word in _WORDS:
        return 0.4 if word in _SHARED else 1.0
    if word.endswith("s") and word[:-1] in _WORDS and len(word) > 4:
        return 0.4 if word[:-1] in _SHARED else 1.0
    if _MAYBE.search(word) and len(word) > 6:
        return 0.4
    return 0.8 if len(word) > 5 and _STRONG.search(word) and word[:3] not in ("ver", "for", "bes") else 0.0


def may_be_english(term: str) -> bool:
    """Whether every word of a term is English or shared with English."""
    words = [word.lower() for word in _PARTS.findall(term)]
    return bool(words) and not _FOREIGN.search(term) and all(_word(word) > 0 for word in words)


@lru_cache(maxsize=16384)
def is_english(term: str, language: str) -> bool:
    """Whether a term in a text of another language is English: all its words may be, and one of them surely is.

    Words most European languages share (`agent`, `system`) prove nothing alone, so a single one stays in the language
    of the page. German and Scandinavian `-ing` words are not taken for English.
    """
    if language.split("-")[0] == "en":
        return True
    if _FOREIGN.search(term):
        return False
    words = [word.lower() for word in _PARTS.findall(term)]
    if not words:
        return False
    values = [_word(word) for word in words]
    if "-" in term or words[0] == "self":
        values = [max(value, 0.4) if word in _PREFIXES else value for word, value in zip(words, values, strict=True)]
    if sum(value >= 0.8 for value in values) >= 2 and sum(value <= 0 for value in values) == 1 and term[0].isupper():
        values = [max(value, 0.4) for value in values] if values[0] <= 0 else values  # a name opens an English term
    if not values or min(values) <= 0:
        return False
    if len(values) == 1 and values[0] == 0.8 and language.split("-")[0] in ("nb", "nn", "sv", "da", "nl", "de"):
        return False
    return max(values) >= 0.8
