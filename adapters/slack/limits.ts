/**
 * What Slack takes. Lengths are UTF-16 code units, as Slack's own checks count them, unless a comment says otherwise.
 * Sources: features reference 5.1, and the pages of docs.slack.dev/reference/block-kit named beside a number.
 */
export const SLACK = {
  /** A message may have 50 blocks; five are kept free for what Slack itself adds (features reference 5.1). */
  messageBlocks: 45,
  /**
   * Blocks and text of one message together, as JSON. Undocumented: Slack answers `msg_blocks_too_long` from about 13,200
   * on (bolt-js issues 2509 and 2867).
   */
  messageCharacters: 12_000,
  /** What Slack adds to a block that came without a block_id. */
  blockOverhead: 30,
  /** `text` beside blocks. Slack splits a message of 4,000 and cuts one of 40,000 (java-slack-sdk issue 704; chat.postMessage). */
  messageText: 3_000,
  /** Ours: so much of `text` stands beside blocks at least, however much room they need. */
  briefText: 400,
  /** Messages in which details and the rest of a long one follow. Ours: 600 engagements with a line each have room in them. */
  threadParts: 32,
  /** A modal or a Home page (reference/views). */
  viewBlocks: 100,
  /** `view_too_large` comes above 250 kB (views.open); at three bytes a character this stays below. */
  viewCharacters: 80_000,
  /** Title, submit and close of a modal (reference/views/modal-views). */
  viewTitle: 24,
  viewMetadata: 3_000,
  callbackId: 255,
  /** block_id and action_id (blocks, block-elements). */
  id: 255,
  /** Text of a header (blocks/header-block). */
  header: 150,
  /** Text of a section or of one part of a context (composition-objects/text-object). */
  sectionText: 3_000,
  sectionFields: 10,
  sectionFieldText: 2_000,
  contextElements: 10,
  actionsElements: 25,
  /** Ours: more buttons beside each other wrap on a telephone. */
  actionsInARow: 5,
  /** Button (block-elements/button-element). */
  buttonText: 75,
  buttonValue: 2_000,
  buttonUrl: 3_000,
  accessibilityLabel: 75,
  /** Options of radio buttons and checkboxes. */
  shownOptions: 10,
  /** Options of a menu, or of one group of its options; there may be as many groups (block-elements/select-menu-element). */
  menuOptions: 100,
  menuGroups: 100,
  /** Text of an option, and the label of a group (composition-objects/option-object). */
  optionText: 75,
  /** Newer pages say 150; the types of Slack's own SDK still say 75. */
  optionValue: 75,
  placeholder: 150,
  /** Label and hint of an input (blocks/input-block). */
  label: 2_000,
  hint: 2_000,
  /** Longest answer of a text input (block-elements/plain-text-input-element). */
  textInput: 3_000,
  /** A message of `response_action: errors`. Undocumented; taken to be as long as a hint. */
  viewError: 2_000,
  /** What a picture shows, for whoever can't see it (methods/files.getUploadURLExternal). */
  altText: 1_000,
  /** Ours: longest link that is drawn as one, address and words in markup. What is longer is said in words. */
  link: 2_000,
  /** Values read from one message or modal. */
  values: 200,
  /** Ours: the largest request that is read. Slack's largest, a modal with all its inputs, are a few hundred kilobytes. */
  requestBytes: 1_000_000,
} as const;
