/** The JSON columns as they are read back. What doesn't fit was not written by this program, and stops the read. */
import { z } from 'zod';
import type { CheckInAnswers } from '../domain/check-in.ts';
import type { AskedBack, Ending, StoredAnswer } from '../domain/engagement.ts';
import { ENGAGEMENT_STATES } from '../domain/engagement-states.ts';
import type { Field } from '../domain/field.ts';
import type { KickoffNotes, MeetingResponse, Minutes, Slot } from '../domain/meeting.ts';
import { MEETING_STATES } from '../domain/meeting.ts';
import { MEETING_KINDS } from '../domain/meeting-kinds.ts';
import { PAPER_KINDS } from '../domain/paper.ts';
import { RENEWALS, type SurveyAnswers } from '../domain/survey.ts';
import type { Message } from '../messages/message.ts';
import type { Attachment, CadencePurpose, ConsoleAction, Inbound, StillTrue } from '../ports.ts';

/** Compiles only while the schema and the type say the same, in both directions. */
type Same<Schema extends z.ZodType, T> = [z.infer<Schema>] extends [T]
  ? [T] extends [z.infer<Schema>]
    ? Schema
    : { readonly missing: 'the schema refuses something the type allows' }
  : { readonly missing: 'the schema allows something the type does not' };
export const same =
  <T>() =>
  <Schema extends z.ZodType>(schema: Schema & Same<Schema, T>): Schema =>
    schema;

export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
export const instant = z.iso.datetime().transform((text) => new Date(text));

const rawValueSchema = z.union([z.string(), z.number(), z.boolean(), list(z.string()), z.null()]);
const rawValuesSchema = z.record(z.string(), rawValueSchema);

const pressSchema = z.object({
  verb: z.string(),
  subject: z.string(),
  version: z.number().exactOptional(),
  choice: z.string().exactOptional(),
});
const buttonSchema = z.object({
  id: z.string(),
  label: z.string(),
  press: pressSchema,
  opensDialog: z.boolean(),
  look: z.enum(['plain', 'primary', 'danger']),
  typed: z.string(),
});

const inlineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('strong'), text: z.string() }),
  z.object({ kind: z.literal('theirs'), text: z.string() }),
  z.object({ kind: z.literal('link'), text: z.string(), url: z.string() }),
  z.object({ kind: z.literal('time'), at: z.string(), show: z.enum(['date', 'time', 'date-time']) }),
]);
const lineSchema = list(inlineSchema);

const fieldSchema = same<Field>()(
  z.object({
    id: z.string(),
    label: z.string(),
    kind: z.enum([
      'text',
      'long-text',
      'choice',
      'choices',
      'yes-no',
      'date',
      'number',
      'person',
      'attestation',
    ]),
    required: z.boolean(),
    hint: z.string().exactOptional(),
    options: list(z.object({ id: z.string(), label: z.string() })).exactOptional(),
    value: rawValueSchema.exactOptional(),
    error: z.string().exactOptional(),
    minLength: z.number().exactOptional(),
    maxLength: z.number().exactOptional(),
    min: z.number().exactOptional(),
    max: z.number().exactOptional(),
  }),
);

const blockSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paragraph'), line: lineSchema }),
  z.object({ kind: z.literal('list'), ordered: z.boolean(), items: list(lineSchema) }),
  z.object({
    kind: z.literal('facts'),
    rows: list(z.object({ label: z.string(), value: lineSchema, button: buttonSchema.exactOptional() })),
  }),
  z.object({ kind: z.literal('fields'), fields: list(fieldSchema), send: buttonSchema }),
  z.object({ kind: z.literal('note'), line: lineSchema }),
]);

export const messageSchema = same<Message>()(
  z.object({
    heading: z.string().exactOptional(),
    blocks: list(blockSchema),
    buttons: list(buttonSchema),
    below: list(blockSchema).exactOptional(),
  }),
);
export const messagesSchema = z.array(messageSchema);

const speakerSchema = z.object({
  platform: z.enum(['console', 'slack', 'teams']),
  userId: z.string(),
  channel: z.enum(['ispg', 'issoaas', 'other']).nullable(),
});

export const inboundSchema = same<Inbound>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('said'),
      from: speakerSchema,
      eventKey: z.string(),
      text: z.string(),
      calledByName: z.boolean().exactOptional(),
    }),
    z.object({
      kind: z.literal('pressed'),
      from: speakerSchema,
      eventKey: z.string(),
      button: pressSchema,
      values: rawValuesSchema,
      on: z.string().nullable(),
    }),
    z.object({
      kind: z.literal('submitted'),
      from: speakerSchema,
      eventKey: z.string(),
      press: pressSchema,
      values: rawValuesSchema,
    }),
    z.object({
      kind: z.literal('drafted'),
      from: speakerSchema,
      eventKey: z.string(),
      press: pressSchema,
      values: rawValuesSchema,
      isClosed: z.boolean(),
    }),
    z.object({ kind: z.literal('edited'), from: speakerSchema, eventKey: z.string(), text: z.string() }),
    z.object({ kind: z.literal('joined'), from: speakerSchema, eventKey: z.string() }),
    z.object({ kind: z.literal('opened-home'), from: speakerSchema, eventKey: z.string() }),
    z.object({ kind: z.literal('profile-changed'), from: speakerSchema, eventKey: z.string() }),
  ]),
);

export const stillTrueSchema = same<StillTrue>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('engagement-in'),
      engagementId: z.string(),
      states: list(z.enum(ENGAGEMENT_STATES)),
    }),
    z.object({
      kind: z.literal('meeting-in'),
      meetingId: z.string(),
      states: list(z.enum(MEETING_STATES)),
      version: z.number().nullable(),
    }),
    z.object({
      kind: z.literal('meeting-time'),
      meetingId: z.string(),
      state: z.enum(MEETING_STATES),
      sequence: z.number(),
    }),
    z.object({
      kind: z.literal('check-in-open'),
      meetingId: z.string(),
      personId: z.string(),
      // Rows of the version before have none.
      sequence: z.number().nullable().default(null),
    }),
    z.object({ kind: z.literal('survey-open'), surveyId: z.string() }),
    z.object({
      kind: z.literal('item-open'),
      engagementId: z.string(),
      personId: z.string(),
      item: z.string(),
      reopened: z.number(),
    }),
    z.object({
      kind: z.literal('paper-in'),
      paper: z.enum(PAPER_KINDS),
      subject: z.string(),
      states: list(z.string()),
    }),
  ]),
);

export const answersSchema = z.array(
  same<StoredAnswer>()(
    z.object({
      key: z.string(),
      label: z.string(),
      asked: z.string(),
      value: z.unknown(),
      shown: z.string(),
    }),
  ),
);

export const askedBackSchema = same<AskedBack>()(
  z.object({ question: z.string(), byId: z.string(), at: instant, answer: z.string().nullable() }),
);

export const endingSchema = same<Ending>()(
  z.object({ reason: z.string(), note: z.string().nullable(), byId: z.string(), at: instant }),
);

export const slotsSchema = z.array(same<Slot>()(z.object({ startsAt: instant, endsAt: instant })));

export const kickoffNotesSchema = same<KickoffNotes>()(
  z.object({
    cybersecurityRequirements: z.string(),
    levelOfEffort: z.string(),
    costAndFunding: z.string(),
    onboarding: z.string(),
  }),
);

export const factsSchema = z.record(z.string(), z.string());

export const consoleActionsSchema = z.array(
  same<ConsoleAction>()(
    z.object({ id: z.string(), label: z.string(), press: pressSchema, opensDialog: z.boolean() }),
  ),
);

export const movedFromSchema = z.object({ on: z.string(), because: z.string() });

export const responsesSchema = z.array(
  same<MeetingResponse>()(
    z.object({ personId: z.string(), answer: z.enum(['accepted', 'declined']), at: instant }),
  ),
);

export const minutesSchema = same<Minutes>()(
  z.object({
    notes: z.string(),
    decisions: list(z.string()),
    followUps: list(
      z.object({
        text: z.string(),
        ownerId: z.string().nullable(),
        dueOn: z.string().nullable(),
        doneAt: instant.nullable(),
      }),
    ),
  }),
);

export const checkInAnswersSchema = same<CheckInAnswers>()(
  z.object({ wentWell: z.string(), inTheWay: z.string(), helpWanted: z.string() }),
);

const scoresSchema = z.object({
  expertise: z.number(),
  responsiveness: z.number(),
  communication: z.number(),
  fit: z.number(),
  overall: z.number(),
});

export const surveyAnswersSchema = same<SurveyAnswers>()(
  z.object({
    scores: scoresSchema,
    comment: z.string(),
    renew: z.enum(RENEWALS),
    counted: scoresSchema
      .extend({ on: z.string().exactOptional(), component: z.string().nullable().exactOptional() })
      .nullable()
      .default(null),
  }),
);

export const attachmentSchema = same<Attachment>()(
  z.object({
    name: z.string(),
    type: z.string(),
    content: z.string(),
    encoding: z.literal('base64').exactOptional(),
    altText: z.string().exactOptional(),
  }),
);

export const purposeSchema = same<CadencePurpose>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('digest'), channel: z.enum(['ispg', 'issoaas']).nullable() }),
    z.object({
      kind: z.literal('meeting'),
      meeting: z.enum(MEETING_KINDS),
      engagementId: z.string().nullable(),
      minutes: z.number(),
    }),
  ]),
);
