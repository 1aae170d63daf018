/** Names for the identifiers that travel through the program, so that one kind is never mistaken for another. */
type Named<Name extends string> = string & { readonly __name?: Name };

/** A person across platforms: the roster's id, or one issued for somebody who wrote without being on it. */
export type PersonId = Named<'PersonId'>;
/** The whole life of one accepted need; never shown to people. */
export type EngagementId = Named<'EngagementId'>;
/** What people see and type: `ISSO-2026-0042`. */
export type RequestNumber = Named<'RequestNumber'>;
export type MeetingId = Named<'MeetingId'>;
export type ConversationId = Named<'ConversationId'>;
/** The platform's own name for one message, used to edit it in place. */
export type PlatformMessageId = Named<'PlatformMessageId'>;
/** Unique for one message to one recipient: writing the row with this key is the claim to send it. */
export type DeliveryKey = Named<'DeliveryKey'>;
/** A message that is edited in place for as long as its subject lives, such as a status card. */
export type CardKey = Named<'CardKey'>;

/** `ISSO-2026-0042` from prefix, calendar year (Eastern) and running number; four digits at least. */
export function requestNumber(prefix: string, year: number, sequence: number): RequestNumber {
  return `${prefix}-${year}-${String(sequence).padStart(4, '0')}`;
}

/** The first request number in `text`, in capitals, or null. `isso-2026-42` is read as `ISSO-2026-0042`. */
export function findRequestNumber(text: string): RequestNumber | null {
  const found = /\b([A-Za-z]{2,8})[-\s](20\d{2})[-\s](\d{1,6})\b/u.exec(text);
  if (!found) return null;
  const [, prefix = '', year = '', sequence = ''] = found;
  return requestNumber(prefix.toUpperCase(), Number(year), Number(sequence));
}
