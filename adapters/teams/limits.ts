/**
 * What Microsoft Teams takes (features reference 5.2). Sizes are bytes of UTF-8 JSON, lengths UTF-16 code units, times
 * milliseconds. The size of a card stands in `src/messages/limits.ts`, because the console keeps to it as well.
 */
export const TEAMS = {
  /** Text of a message without a card. Ours: nobody reads on for longer. */
  messageText: 8_000,
  /** Messages in which the details of one follow. Ours, as in Slack: 600 engagements with a line each have room in them. */
  detailParts: 32,
  /** `summary`, which notifications and screen readers say. Ours. */
  summary: 3_000,
  /** A turn must be answered within 10 to 15 s; ours leaves room for a slow way back. */
  answerMs: 8_000,
  /** A dialog sent from a message extension: 5 s, after which the client sends it again, twice. */
  extensionAnswerMs: 3_500,
  /** How long a repeated press of the same card counts as the same press: clients send again when an answer is slow. */
  samePressMs: 60_000,
  /** Posts and creations of one bot in one conversation. */
  conversationPace: [
    { messages: 7, ms: 1_000 },
    { messages: 8, ms: 2_000 },
    { messages: 60, ms: 30_000 },
    { messages: 1_800, ms: 3_600_000 },
  ],
  /** Requests of one app in one tenant: 30 a second by the older copy of the page, and the more careful one. */
  tenantPace: [{ messages: 30, ms: 1_000 }],
  /** Requests on their way at one time. Ours. */
  atOnce: 16,
  /** People for whom a card may be drawn anew by itself (Universal Actions: `refresh.userIds`). */
  refreshedUsers: 60,
  /** Title of a dialog. Ours; longer ones stand in the dialog itself. */
  dialogTitle: 60,
  /** Results of a search from a message extension. */
  searchResults: 25,
  /** The largest activity that is read. Teams' own are at most about 100 KB, a submitted dialog with its page. */
  requestBytes: 256_000,
  /** Values read from one message or dialog, and the longest of them. */
  values: 200,
  valueLength: 20_000,
  /** The largest dialog page that travels with its card, packed and unpacked. */
  carriedBytes: 12_000,
  unpackedBytes: 200_000,
  /** Members asked for at one time. */
  membersPage: 500,
} as const;
