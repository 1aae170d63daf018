import type { MeetingId, PersonId } from './ids.ts';

/** What somebody writes ahead of a meeting. */
export interface CheckInAnswers {
  readonly wentWell: string;
  readonly inTheWay: string;
  readonly helpWanted: string;
}

export interface CheckIn {
  readonly meetingId: MeetingId;
  readonly personId: PersonId;
  readonly askedAt: Date;
  /** Null until they answer; answers may be changed until the meeting begins. */
  readonly answers: CheckInAnswers | null;
  readonly answeredAt: Date | null;
}
