/** What Teams would not draw, or not send: the rules of cards and activities, as far as they are documented. */
import { CARD_TYPE, type Card, elementsOf, type Json } from './cards.ts';
import { BOT_ID, placeOf } from './world.ts';

const CARD_BYTES = 28_000;
const TEXT_BYTES = 80_000;
const ACTIONS_SHOWN = 6;
const REFRESHED_USERS = 60;

const ELEMENTS = new Set([
  'AdaptiveCard',
  'TextBlock',
  'RichTextBlock',
  'Image',
  'ImageSet',
  'Container',
  'ColumnSet',
  'Column',
  'FactSet',
  'Table',
  'TableRow',
  'TableCell',
  'ActionSet',
  'Input.Text',
  'Input.Number',
  'Input.Date',
  'Input.Time',
  'Input.Toggle',
  'Input.ChoiceSet',
  'Action.Submit',
  'Action.Execute',
  'Action.OpenUrl',
  'Action.ShowCard',
  'Action.ToggleVisibility',
]);

const bytes = (value: unknown): number =>
  Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value));
const listed = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** What is wrong with a card; empty when it can be drawn. */
export function cardProblems(card: Card): string[] {
  if (card.type !== 'AdaptiveCard') return ['a card is no AdaptiveCard'];
  const problems: string[] = [];
  if (bytes(card) > CARD_BYTES) problems.push(`a card takes ${bytes(card)} bytes`);
  if (!/^1\.[0-5]$/u.test(String(card.version)))
    problems.push(`a card is of version ${String(card.version)}`);
  const userIds = (card.refresh as Json | undefined)?.userIds;
  if (listed(userIds).length > REFRESHED_USERS) problems.push('a card is drawn anew for more than 60 users');
  const elements = [...elementsOf(card)];
  for (const element of elements) problems.push(...elementProblems(element));
  const ids = elements.filter(({ type }) => String(type).startsWith('Input.')).map(({ id }) => id);
  if (new Set(ids).size < ids.length) problems.push('two inputs have the same id');
  return problems;
}

function elementProblems(element: Json): string[] {
  const type = String(element.type);
  const problems: string[] = [];
  if (!ELEMENTS.has(type)) problems.push(`there is no element ${type}`);
  if (listed(element.actions).length > ACTIONS_SHOWN) problems.push('more than 6 actions stand in one row');
  if (type.startsWith('Input.') && !isText(element.id)) problems.push(`${type} has no id`);
  if (type.startsWith('Action.') && !isText(element.title)) problems.push(`${type} has no title`);
  if (type === 'Action.OpenUrl' && !/^(?:https?:|mailto:)/u.test(String(element.url)))
    problems.push('a button opens no address');
  if (type === 'Input.ChoiceSet' && listed(element.choices).length === 0) problems.push('there is no choice');
  const pictures = [element.url, element.iconUrl, (element.backgroundImage as Json | undefined)?.url];
  if (type !== 'Action.OpenUrl' && pictures.some((each) => /^https?:/iu.test(String(each))))
    problems.push('a card shows a picture by its address');
  return problems;
}

/** What an activity may say of itself when a bot writes it. */
const FIELDS = new Set([
  'type',
  'id',
  'timestamp',
  'localTimestamp',
  'localTimezone',
  'channelId',
  'serviceUrl',
  'from',
  'conversation',
  'recipient',
  'replyToId',
  'locale',
  'text',
  'textFormat',
  'summary',
  'speak',
  'inputHint',
  'importance',
  'attachments',
  'attachmentLayout',
  'suggestedActions',
  'entities',
  'channelData',
  'deliveryMode',
]);
const CHANNEL_DATA = new Set([
  'notification',
  'tenant',
  'channel',
  'team',
  'feedbackLoopEnabled',
  'feedbackLoop',
]);

/** What is wrong with an activity that is written into a conversation; empty when Teams takes it. */
export function activityProblems(activity: Json, conversation: string): string[] {
  const problems: string[] = [];
  for (const name of Object.keys(activity))
    if (!FIELDS.has(name)) problems.push(`an activity has no ${name}`);
  for (const name of Object.keys((activity.channelData as Json | undefined) ?? {}))
    if (!CHANNEL_DATA.has(name)) problems.push(`channelData has no ${name}`);
  if (activity.type !== 'message' && activity.type !== 'typing')
    problems.push(`nothing is written as ${String(activity.type)}`);
  const attachments = listed(activity.attachments);
  if (activity.type === 'message' && !isText(activity.text) && attachments.length === 0)
    problems.push('a message says nothing');
  if (bytes(activity.text ?? '') > TEXT_BYTES) problems.push(`a text takes ${bytes(activity.text)} bytes`);
  if (!['plain', 'markdown', 'xml', undefined].includes(activity.textFormat as string | undefined))
    problems.push(`there is no format ${String(activity.textFormat)}`);
  problems.push(...addressProblems(activity, conversation), ...mentionProblems(activity));
  for (const { contentType, content } of attachments) {
    if (contentType !== CARD_TYPE) problems.push(`nothing is attached as ${String(contentType)}`);
    else problems.push(...cardProblems((content as Card | null) ?? {}));
  }
  if (attachments.length > 0 && !isText(activity.summary)) problems.push('a card has no summary');
  return problems;
}

function addressProblems({ from, conversation }: Json, expected: string): string[] {
  const problems: string[] = [];
  const sender = (from as Json | undefined)?.id;
  if (sender !== undefined && sender !== BOT_ID) problems.push(`${String(sender)} is not the bot`);
  const named = (conversation as Json | undefined)?.id;
  if (named !== undefined && placeOf(String(named)).conversation !== placeOf(expected).conversation)
    problems.push('an activity names another conversation');
  return problems;
}

function mentionProblems({ entities, text, attachments }: Json): string[] {
  const words = `${String(text ?? '')} ${JSON.stringify(attachments ?? '')}`;
  return listed(entities)
    .filter(({ type, text: mention }) => type === 'mention' && !words.includes(String(mention)))
    .map(({ text: mention }) => `a mention of ${String(mention)} does not stand in the text`);
}

/** What is wrong with the answer to a press, a dialog or a search; empty when the client understands it. */
export function dialogProblems(value: Json): string[] {
  const card = (value.card as Json | undefined)?.content as Card | undefined;
  const problems = card ? cardProblems(card) : ['a dialog has no card'];
  if ((value.card as Json | undefined)?.contentType !== CARD_TYPE) problems.push('a dialog shows no card');
  if (!isText(value.title)) problems.push('a dialog has no title');
  for (const side of ['height', 'width'] as const)
    if (typeof value[side] !== 'number' && !['small', 'medium', 'large'].includes(String(value[side])))
      problems.push(`a dialog’s ${side} is ${String(value[side])}`);
  return problems;
}
