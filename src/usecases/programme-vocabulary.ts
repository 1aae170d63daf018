/** Words people use for the same thing when they ask about the programme, each group under the one word we match by. */

/** Phrases of several words, longest first; plain lower-case words with single spaces. */
export const PHRASES: readonly (readonly [string, string])[] = [
  ['information system security officers', 'isso'],
  ['information system security officer', 'isso'],
  ['information security officer', 'isso'],
  ['isso as a service', 'program'],
  ['service issos', 'isso'],
  ['service isso', 'isso'],
  ['security officers', 'isso'],
  ['security officer', 'isso'],
  ['business owners', 'owner'],
  ['business owner', 'owner'],
  ['system owner', 'owner'],
  ['role based training', 'training'],
  ['on boarding', 'onboarding'],
  ['off boarding', 'end'],
  ['check ins', 'meeting'],
  ['check in', 'meeting'],
  ['sign up', 'request'],
  ['ask for', 'request'],
  ['get started', 'request'],
  ['get ready', 'prepare'],
  ['have ready', 'prepare'],
  ['how much work', 'task'],
  ['how much', 'cost'],
  ['how long', 'wait'],
  ['how many days', 'wait'],
  ['how many weeks', 'wait'],
  ['how many months', 'wait'],
  ['how soon', 'wait'],
  ['how quickly', 'wait'],
  ['how fast', 'wait'],
  ['how often', 'meeting often'],
  ['happens next', 'process'],
  ['takes over', 'end'],
  ['take over', 'end'],
  ['take on', 'task'],
  ['it work', 'process'],
  ['this work', 'process'],
  ['program work', 'process'],
  ['issoaas work', 'process'],
  ['isso do', 'isso task'],
  ['issos do', 'isso task'],
  ['officer do', 'isso task'],
  ['officers do', 'isso task'],
  ['they do', 'task'],
  ['have to do', 'need'],
  ['need to do', 'need'],
  ['poa ms', 'poam'],
  ['poa m', 'poam'],
  ['plans of action', 'poam'],
];

const GROUPS: Readonly<Record<string, string>> = {
  responsibility: 'responsibilities',
  isso: 'issos officer officers',
  program: 'programme programs issoaas service services',
  owner: 'bo bos owners',
  cost: 'costs price prices pricing charge charged charges fee fees pay pays paid funding funded fund funds money budget expensive free',
  training:
    'train trains trained trainings course courses learn rbt bootcamp mentor mentorship certified certification certifications handbook',
  onboarding: 'onboard onboarded onboards',
  end: 'ends ended ending finish finishes finished over conclusion concludes leave leaves leaving offboarding offboard offboarded expires handover',
  meeting: 'meetings meet meets session sessions checkin checkins',
  prepare: 'prepared preparing preparation expected expect arrives arrive arrival',
  task: 'tasks duty duties work job jobs activities responsible',
  request: 'requests requesting requested apply application obtain order file get hire engage',
  wait: 'long duration soon quickly fast days weeks months takes',
  process: 'works steps step stages stage workflow procedure',
  engagement: 'engagements contract assignment',
  satisfied: 'satisfaction feedback happy',
  kickoff: 'kickoffs',
  qualified: 'qualifications qualification experience experienced skills skilled background',
  property: 'equipment laptop laptops badge badges computer computers',
  poam: 'poams',
  match: 'matched matching choose chosen select selected pick picked assigned find found',
  employ: 'employs employed employees employee contractors contractor federal feds',
  benefits: 'benefit advantage advantages',
  begin: 'start starts begins',
};

/** The word we match by, for each word people use. */
export const MEANINGS: ReadonlyMap<string, string> = new Map(
  Object.entries(GROUPS).flatMap(([word, others]) =>
    others.split(' ').map((other) => [other, word] as const),
  ),
);

/** Words that tell no question from another. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a an the and or of in on at to by from with about as is are am be been was were do does did can could will would should shall
  may might must i me my we us our you your it its they them their this that these those there here have has had time please hi hello
  hey so if then than some any all also just really actually kind sort like tell explain describe know want wonder what whats how
  for cms whom id which one ones anyone someone somebody people`.split(/\s+/u),
);
