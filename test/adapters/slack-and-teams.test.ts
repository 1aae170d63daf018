import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Seat as SlackSeat,
  saidIn as saidInSlack,
  seatOf as slackSeatOf,
} from '../support/slack/seat.ts';
import { type OnBoth, startOnBoth } from '../support/slack-and-teams.ts';
import { teamsUserOf } from '../support/teams/residents.ts';
import { channelIn, seatOf, type Seat as TeamsSeat, wordsOf } from '../support/teams/seat.ts';
import { ISPG_CHANNEL, saidIn } from '../support/teams/world.ts';

let stage: OnBoth;
let inSlack: SlackSeat;
let inTeams: TeamsSeat;
beforeAll(async () => {
  stage = await startOnBoth('2026-12-01T10:00:00-05:00');
  inSlack = slackSeatOf(stage.slack, 'U0BO');
  inTeams = seatOf(stage.teams, teamsUserOf('bo'));
});
afterAll(() => stage.stop());

/** What somebody was told on each platform, in words. */
const told = () => ({
  slack: inSlack.said().map(({ text }) => text),
  teams: inTeams.said().map((each) => wordsOf(each, inTeams.user)),
});
const count = (words: readonly string[], part: string): number =>
  words.filter((each) => each.includes(part)).length;
/** What the ISPG channel knows of that request, on both platforms together. */
const triageOf = (number: string): string[] =>
  [
    ...saidInSlack(slackChannel()).map(({ text }) => text),
    ...saidIn(channelIn(stage.teams, ISPG_CHANNEL)).map((each) => wordsOf(each, '')),
  ].filter((text) => text.includes(`New request ${number}`) || text.includes(`Request ${number}`));
function slackChannel() {
  const found = stage.slack.slack.world.conversations.get('C0ISPG');
  if (!found) throw new Error('there is no channel');
  return found;
}
const FIRST_FOUR = ['Claims Hub', '1', 'no trained isso', 'none'];
const THE_REST = [
  '1, 3 and 4',
  'We run a claims system with no trained security officer and an audit is coming.',
  'routine',
  'half',
  'continuous',
  'March 1, 2027',
  'submit',
  'I confirm',
];

describe('somebody who is on Slack and on Teams', () => {
  it('is one person on both, by their mailbox', async () => {
    await inSlack.types('hi');
    await inTeams.types('hi');
    const links = await stage.query(
      "SELECT platform FROM platform_user WHERE person_id = 'bo' AND platform <> 'console' ORDER BY platform",
    );
    expect(links).toEqual([{ platform: 'slack' }, { platform: 'teams' }]);
  });

  it('begins a request in Slack, goes on at question five in Teams, and there is one request in the end', async () => {
    await inSlack.types('I need an ISSO');
    for (const answer of FIRST_FOUR) await inSlack.types(answer);
    expect(inSlack.last()).toContain('Question 5');
    expect(await inTeams.hears('resume')).toContain('Question 5');
    for (const answer of THE_REST) await inTeams.types(answer);
    await inTeams.rest();
    expect(count(told().teams, 'ISPG has your request')).toBe(1);
    expect(count(told().slack, 'ISPG has your request')).toBe(0);
    expect(await inSlack.hears('status')).toContain('ISSO-2026-0001');
    expect(inSlack.last()).not.toContain('ISSO-2026-0002');
    expect(triageOf('ISSO-2026-0001')).toHaveLength(1);
  });

  it('is told once of what becomes of it: the card stays where it stands, and nothing comes twice', async () => {
    const ispg = seatOf(stage.teams, teamsUserOf('ispg'));
    await ispg.types('accept ISSO-2026-0001');
    await inTeams.rest();
    const { slack, teams } = told();
    expect(count([...slack, ...teams], 'Pick a kickoff time')).toBe(1);
    // Their first account is where the card stands, wherever the request was sent from.
    const cards = inSlack.said().filter(({ text }) => text.includes('Status: '));
    expect(cards.map(({ edits }) => edits > 0)).toEqual([true]);
    expect(cards[0]?.text).toContain('Status: Kickoff being scheduled');
    expect(count(teams, 'Kickoff being scheduled')).toBe(0);
  });

  it('begins the next in Teams and goes on in Slack by simply answering, in chat and in a dialog', async () => {
    await inTeams.types('I need an ISSO');
    for (const answer of ['Data Vault', ...FIRST_FOUR.slice(1)]) await inTeams.types(answer);
    expect(inTeams.last()).toContain('Question 5');
    await inSlack.types('form');
    await inSlack.presses('Open the form');
    expect(inSlack.standing()).toMatchObject({ system_name: 'Data Vault', current_isso_state: 'none' });
    await inSlack.closes({ ...inSlack.standing(), tasks: ['categorization'] });
    await inTeams.types('form');
    await inTeams.presses('Open the form');
    expect(inTeams.standing()).toMatchObject({ system_name: 'Data Vault', tasks: 'categorization' });
    inTeams.person.closes();
    await inSlack.types('resume');
    for (const answer of THE_REST.slice(1)) await inSlack.types(answer);
    await inTeams.rest();
    expect(count(told().slack, 'ISPG has your request')).toBe(1);
    const status = await inTeams.hears('status');
    for (const number of ['ISSO-2026-0001', 'ISSO-2026-0002']) expect(status).toContain(number);
    expect(status).not.toContain('ISSO-2026-0003');
    expect(triageOf('ISSO-2026-0002')).toHaveLength(1);
  });

  it('has one form: on the other platform it is offered, and not begun a second time', async () => {
    await inSlack.types('I need an ISSO');
    await inTeams.presses('Request a Service ISSO');
    expect(inTeams.last()).toContain('request in progress');
    await inTeams.types('cancel');
    await inTeams.types('yes');
    expect(await inSlack.hears('resume')).toContain('nothing to resume');
  });

  it('who unlinks one of them is reached on the other', async () => {
    expect(await inTeams.hears('unlink')).toContain('To undo that, type `link`');
    const before = told();
    const ispg = seatOf(stage.teams, teamsUserOf('ispg'));
    await ispg.types('accept ISSO-2026-0002');
    await inSlack.rest();
    expect(told().teams).toEqual(before.teams);
    expect(count(told().slack.slice(before.slack.length), 'Pick a kickoff time')).toBe(1);
    expect(await inTeams.hears('link')).toContain('linked to you again');
  });
});

it('both took everything that was drawn', () => {
  expect(stage.slack.slack.faults).toEqual([]);
  expect(stage.teams.cloud.faults).toEqual([]);
});
