import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createDrawing } from '../../src/drawing.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';
import {
  anEngagementEnded,
  aSentDelivery,
  countOf,
  type OpenedArchive,
  onTables,
  openArchive,
  putRow,
} from '../support/records.ts';

const { papermaker, stop } = createDrawing();
afterAll(stop);
const NOW = new Date('2027-12-01T15:00:00Z');
const LONG_AGO = new Date('2027-01-15T12:00:00Z');
const LATELY = new Date('2027-11-20T12:00:00Z');

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: NOW, papermaker });
}, 60_000);

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');

/** The archive that was sent last. */
async function lastArchive(): Promise<OpenedArchive> {
  const [row] = await onTables(
    `SELECT attachment FROM delivery WHERE key LIKE 'records:%' ORDER BY sequence DESC LIMIT 1`,
  );
  if (!row) throw new Error('no archive was sent');
  return openArchive(row.attachment as { content: string });
}
/** A post in somebody's conversation of the console. */
const aConsolePost = (id: string) => ({
  id,
  conversation: 'ispg',
  author: 'bot',
  at: LATELY,
  text: 'a file',
  actions: '[]',
});
const exportDue = async (key: string): Promise<OpenedArchive> => {
  expect(await told('records', `export records ${key} due`)).toContain('I send you the archive');
  return lastArchive();
};

describe('an export of records', () => {
  it('has every row of the class, as many as the ledger has, and a manifest with the hash of each file', async () => {
    await bot.fileRequest();
    for (const each of [1, 2, 3]) await putRow('delivery', aSentDelivery(`r${each}`, LATELY));
    await putRow('delivery', aSentDelivery('notice', LATELY, { kind: 'notice' }));
    const ledger = await countOf(
      `delivery WHERE kind IN ('answer', 'reminder', 'nudge', 'digest', 'invitation')`,
    );
    expect(await told('records', 'export records transitory')).toContain('I send you the archive');
    const { manifest, lines, hashes, hash } = await lastArchive();
    expect(manifest).toMatchObject({ class: 'transitory', scope: 'all', schedule: 'GRS 5.2 item 010' });
    expect(manifest.files.map(({ file }) => file)).toContain('delivery.jsonl');
    for (const { file, rows, sha256 } of manifest.files) {
      expect(lines[file]?.length).toBe(rows);
      expect(hashes[file]).toBe(sha256);
    }
    const keys = (lines['delivery.jsonl'] ?? []).map((line) => JSON.parse(line).key);
    expect(keys).toHaveLength(ledger);
    expect(keys).toContain('r2');
    expect(keys).not.toContain('notice');
    const entry = await bot.store.transaction((tx) => tx.audit.lastOf('records.export'));
    expect(entry).toMatchObject({
      actorId: 'records',
      facts: { class: 'transitory', scope: 'all', manifest: hash },
    });
  });

  it('holds no secret of anybody: neither tokens of calendars nor of meetings', async () => {
    await told('records', 'export records access');
    const { lines } = await lastArchive();
    expect(lines['person.jsonl']?.length).toBe(await countOf('person'));
    expect(JSON.stringify(lines)).not.toContain('calendar_token');
  });

  it('names files of earlier exports by their hash, so that it does not grow with each', async () => {
    await told('ispg', 'export engagements csv');
    bot.clock.set(new Date(NOW.getTime() + 60_000));
    await told('records', 'export records transitory');
    const { lines } = await lastArchive();
    const sent = (lines['delivery.jsonl'] ?? []).map((line) => JSON.parse(line));
    const file = sent.find(({ key }) => key.startsWith('export:engagements'));
    expect(file.attachment.content).toMatch(/^sha256:[0-9a-f]{64}$/u);
  });

  it('holds no file of the console either, and still tells such posts apart', async () => {
    const file = (content: string): string =>
      JSON.stringify({
        body: [{ type: 'Action.OpenUrl', url: `data:text/csv;base64,${content}` }],
        alt: 'a',
      });
    for (const [id, content] of [
      ['one', 'QUJD'],
      ['two', 'REVG'],
    ] as const)
      await putRow('console_post', { ...aConsolePost(id), card: file(content) });
    await told('records', 'export records transitory');
    const posts = ((await lastArchive()).lines['console_post.jsonl'] ?? []).map((line) => JSON.parse(line));
    const [one, two] = ['one', 'two'].map((id) => posts.find((post) => post.id === id));
    expect(one.card).toEqual({
      body: [{ type: 'Action.OpenUrl', url: 'data:text/csv;left-out' }],
      alt: 'a',
    });
    expect(one.card_sha256).toMatch(/^[0-9a-f]{64}$/u);
    expect(one.card_sha256).not.toBe(two.card_sha256);
  });

  it('says for each class how sure its schedule and its period are', async () => {
    const said = await told('records', 'records');
    expect(said).toContain('Schedule: GRS 2.6 item 030 (assumed). Kept: 5 years (published).');
    expect(said).toContain('Schedule: GRS 5.8 item 010 (published). Kept: 1 year (assumed).');
  });

  it('of what is due is not made when nothing is', async () => {
    expect(await told('records', 'export records contract due')).toContain('is due, so I send no archive');
    expect(await countOf(`delivery WHERE key LIKE 'records:%'`)).toBe(0);
  });

  it('is for the records officer and auditors alone', async () => {
    for (const who of ['bo', 'ispg', 'gtl', 'lead', 'admin'])
      for (const text of ['records', 'export records transitory', 'disposition', 'holds'])
        expect(await told(who, text)).toContain('not open to you');
    expect(await countOf(`audit_entry WHERE verb = 'records.export'`)).toBe(0);
    expect(await told('auditor', 'records')).toContain('GRS 5.2 item 010');
    expect(await told('auditor', 'export records audit')).toContain('I send you the archive');
    for (const text of ['hold transitory because A case', 'dispose transitory 1a2b3c4d5e6f'])
      expect(await told('auditor', text)).toContain('not open to you');
  });

  it('says what there is for a word that is no class, and for one of which nothing is kept', async () => {
    expect(await told('records', 'export records everything')).toContain('`intermediary`: Drafts and input');
    expect(await told('records', 'export records hipaa')).toContain('There are no records of');
    expect(await told('records', 'export records audit due')).toContain('is kept for good');
  });
});

describe('a legal hold', () => {
  it('is placed and released in two steps, each with its reason, and stays on the list', async () => {
    const number = await bot.fileRequest();
    expect(await told('records', `hold ${number} because Case 27-014`)).toContain('No hold was placed yet');
    expect(await countOf('legal_hold')).toBe(0);
    expect(await told('records', `place hold ${number} because Case 27-014`)).toContain('Hold 1 stands');
    expect(await told('auditor', 'holds')).toMatch(new RegExp(`Engagement ${number}.*Case 27-014`, 'su'));
    expect(await told('records', 'release hold 1')).toContain('For example');
    expect(await told('records', 'release hold 1 because It is settled')).toContain('The hold still stands');
    expect(await told('records', 'lift hold 1 because It is settled')).toContain('is released');
    expect(await told('records', 'lift hold 1 because It is settled')).toContain('was released before');
    expect(await told('records', 'release hold 7 because It is settled')).toContain('there is no hold 7');
    expect(await told('records', 'holds')).toMatch(
      /Released.*Case 27-014\. Released because: It is settled/su,
    );
    const verbs = await onTables(
      `SELECT verb, facts->>'kind' AS kind, engagement_id IS NOT NULL AS named FROM audit_entry WHERE verb LIKE 'records.%' ORDER BY position`,
    );
    expect(verbs).toEqual([
      { verb: 'records.hold', kind: 'engagement', named: true },
      { verb: 'records.release', kind: 'engagement', named: true },
    ]);
  });

  it('is placed by its button as well, on a class or a person', async () => {
    for (const [typed, kind] of [
      ['transitory', 'class'],
      ['Beatriz Okafor', 'person'],
    ]) {
      const asked = await bot.say('records', `hold ${typed} because A case`);
      const button = asked.messages[0]?.buttons[0];
      if (!button) throw new Error('no button');
      const done = await bot.press('records', button.press);
      expect(done.said.join()).toContain('stands');
      expect(await countOf(`legal_hold WHERE kind = '${kind}' AND reason = 'A case'`)).toBe(1);
    }
    expect(
      (await bot.press('ispg', { verb: 'hold.place', subject: 'access', choice: 'x' })).said.join(),
    ).toContain('not open to you');
  });

  it('pressed twice stands once; another case holds the same thing anew', async () => {
    for (const text of ['place hold access because A case', 'hold access because A case'])
      await told('records', text);
    expect(await told('records', 'place hold access because A case')).toContain(
      'for the same reason already',
    );
    expect(await countOf('legal_hold')).toBe(1);
    expect(await told('records', 'place hold access because Another case')).toContain('Hold 2 stands');
    await told('records', 'lift hold 1 because It is settled.');
    expect(await told('records', 'place hold access because A case')).toContain('Hold 3 stands');
  });

  it('half said is answered with how it is said, to whoever places holds', async () => {
    for (const text of ['hold', 'hold ISSO-2026-0042', 'hold transitory', 'release hold', 'lift 2'])
      expect(await told('records', text), text).toContain('To keep records, type');
    for (const text of ['hold on', 'hold the line please'])
      expect(await told('records', text), text).not.toContain('To keep records, type');
    for (const text of ['hold', 'release hold'])
      expect(await told('auditor', text), text).not.toContain('To keep records, type');
  });

  it('on a person who turns out to be another goes on as that one\u2019s', async () => {
    await told('records', 'place hold guardian because A case');
    await bot.store.transaction((tx) => tx.people.merge('guardian', 'isso2'));
    expect(await told('records', 'holds')).toContain('Person Ivan Soto');
  });

  it('needs a reason that may be kept and something that there is', async () => {
    expect(await told('records', 'hold transitory because')).toContain('For example');
    expect(await told('records', 'hold transitory because of 123-45-6789')).not.toContain(
      'Place this legal hold',
    );
    expect(await told('records', 'hold ISSO-2026-0999 because A case')).toContain('does not exist');
    expect(await told('records', 'hold Nobody Known because A case')).not.toContain('Place this legal hold');
    expect(await told('records', 'hold hipaa because A case')).toContain('There are no records of the class');
    expect(await countOf('legal_hold')).toBe(0);
  });

  it('is no matter of "hold on because", which people say to each other', async () => {
    expect(await told('bo', 'hold on because I am late')).not.toContain('not open to you');
  });
});

describe('disposition', () => {
  const typedHash = ({ hash }: OpenedArchive): string => hash.slice(0, 12);

  it('in a dry run says what is due and what holds keep, and changes nothing', async () => {
    await putRow('delivery', aSentDelivery('old', LONG_AGO));
    await putRow('delivery', aSentDelivery('old of guardian', LONG_AGO, { recipient_id: 'guardian' }));
    await putRow('delivery', aSentDelivery('young', LATELY));
    await told('records', 'place hold guardian because A case');
    const before = await countOf('delivery');
    const said = await told('records', 'disposition');
    expect(said).toMatch(
      /1 due of [\d,]+ rows, the oldest of .*2027.*; legal holds keep 1 row more\. By table: delivery 1/u,
    );
    expect(await countOf('delivery')).toBe(before);
  });

  it('deletes exactly what was exported, once that is confirmed, and says so in its log and the record', async () => {
    await putRow('delivery', aSentDelivery('old', LONG_AGO));
    await putRow('delivery', aSentDelivery('young', LATELY));
    await putRow('delivery', aSentDelivery('on its way', null));
    const archive = await exportDue('transitory');
    expect(archive.lines['delivery.jsonl']?.map((line) => JSON.parse(line).key)).toEqual(['old']);
    const hash = typedHash(archive);
    expect(await told('records', `dispose transitory ${hash}`)).toContain('Nothing was deleted yet');
    expect(await countOf(`delivery WHERE key = 'old'`)).toBe(1);
    const chain = await countOf('audit_entry');
    expect(await told('records', `dispose transitory ${hash} for good`)).toContain('1 row deleted');
    expect(
      await onTables(`SELECT key FROM delivery WHERE key IN ('old', 'young', 'on its way') ORDER BY key`),
    ).toEqual([{ key: 'on its way' }, { key: 'young' }]);
    expect(await countOf('audit_entry')).toBe(chain + 1);
    const [disposal] = await bot.store.transaction((tx) => tx.disposals.list(5));
    expect(disposal).toMatchObject({
      recordClass: 'transitory',
      byId: 'records',
      counts: { delivery: 1 },
      held: 0,
      manifestHash: archive.hash,
    });
    expect(await told('records', 'disposition')).toContain(`manifest ${hash}`);
    expect(await told('records', `dispose transitory ${hash} for good`)).toContain('disposed of before');
  });

  it('is refused without an export of exactly these rows', async () => {
    await putRow('delivery', aSentDelivery('old', LONG_AGO));
    expect(await told('records', 'dispose transitory 1a2b3c4d5e6f for good')).toContain('no export of');
    expect(await told('records', 'dispose transitory 1a2b for good')).toContain('first 12 digits');
    await told('records', 'export records transitory');
    const all = typedHash(await lastArchive());
    expect(await told('records', `dispose transitory ${all} for good`)).toContain('not those that are due');
    const due = typedHash(await exportDue('transitory'));
    expect(await told('records', `dispose service-request ${due} for good`)).toContain('no export of');
    await putRow('delivery', aSentDelivery('older', LONG_AGO));
    expect(await told('records', `dispose transitory ${due} for good`)).toContain(
      'not what that export holds',
    );
    await onTables(`DELETE FROM delivery WHERE key = 'older'`);
    await onTables(`UPDATE delivery SET reason = 'changed' WHERE key = 'old'`);
    expect(await told('records', `dispose transitory ${due} for good`)).toContain(
      'not what that export holds',
    );
    expect(await countOf(`delivery WHERE key = 'old'`)).toBe(1);
    expect(await countOf('disposal')).toBe(0);
  });

  it('pressed twice says that it was done, and a half said one shows what is due', async () => {
    await putRow('delivery', aSentDelivery('old', LONG_AGO));
    const due = typedHash(await exportDue('transitory'));
    expect(await told('records', `dispose transitory ${due} for good`)).toContain('deleted');
    expect(await told('records', `dispose transitory ${due} for good`)).toContain('was disposed of before');
    expect(await countOf('disposal')).toBe(1);
    for (const text of ['dispose', 'dispose transitory'])
      expect(await told('records', text)).toContain('a dry run');
    expect(await told('auditor', 'dispose transitory')).not.toContain('a dry run');
    const unknown = await told('records', 'dispose nothing 1a2b3c4d5e6f');
    expect(unknown).toContain('`transitory`');
    expect(unknown).not.toContain('`audit`');
  });

  it('stops at a hold that was placed after the export', async () => {
    await putRow('delivery', aSentDelivery('old', LONG_AGO));
    const due = typedHash(await exportDue('transitory'));
    await told('records', 'place hold transitory because A case');
    expect(await told('records', `dispose transitory ${due} for good`)).toContain(
      'hold may have been placed',
    );
    expect(await countOf(`delivery WHERE key = 'old'`)).toBe(1);
  });

  it('never takes what is about an open engagement, and an engagement itself last', async () => {
    const years = new Date('2019-06-01T12:00:00Z');
    await putRow('engagement', anEngagementEnded('open', 'ISSO-2020-0001', null));
    await putRow('engagement', anEngagementEnded('done', 'ISSO-2020-0002', new Date('2021-01-10T12:00:00Z')));
    for (const id of ['open', 'done']) {
      await putRow(
        'delivery',
        aSentDelivery(`about ${id}`, years, { kind: 'notice', about: `engagement:${id}` }),
      );
      await putRow('paper', {
        kind: 'request-form',
        subject: id,
        version: 1,
        form_version: 1,
        answers: '{}',
        at: years,
      });
    }
    const notices = await exportDue('service-request');
    expect(notices.lines['delivery.jsonl']?.map((line) => JSON.parse(line).key)).toEqual(['about done']);
    const first = await exportDue('contract');
    expect(first.lines['paper.jsonl']?.map((line) => JSON.parse(line).subject)).toEqual(['done']);
    expect(first.lines['engagement.jsonl']).toEqual([]);
    expect(await told('records', `dispose contract ${typedHash(first)} for good`)).toContain('1 row deleted');
    const second = await exportDue('contract');
    expect(second.lines['engagement.jsonl']?.map((line) => JSON.parse(line).id)).toEqual(['done']);
    expect(await told('records', `dispose contract ${typedHash(second)} for good`)).toContain(
      '1 row deleted',
    );
    expect(await onTables('SELECT id FROM engagement')).toEqual([{ id: 'open' }]);
    expect(await countOf('paper')).toBe(1);
  });

  it('of answers that were averaged together takes all of a group or none', async () => {
    const ended = new Date('2022-01-10T12:00:00Z');
    for (const each of [1, 2, 3]) {
      const endedAt = each === 3 ? LATELY : ended;
      await putRow('engagement', anEngagementEnded(`e${each}`, `ISSO-2021-000${each}`, endedAt));
      for (const [on, group] of [
        ['2021-03-01', 'a'],
        ['2021-06-01', 'b'],
      ]) {
        if (group === 'b' && each === 3) continue;
        await putRow('survey', {
          id: `${group}${each}`,
          engagement_id: `e${each}`,
          person_id: 'bo',
          occasion: group,
          asked_at: new Date('2021-02-01T12:00:00Z'),
          answered_at: new Date('2021-02-02T12:00:00Z'),
          version: 1,
          answers: JSON.stringify({ counted: { overall: 4, on } }),
        });
      }
    }
    const due = await exportDue('service-request');
    expect(due.lines['survey.jsonl']?.map((line) => JSON.parse(line).id)).toEqual(['b1', 'b2']);
  });

  it('has no place anywhere but with the records officer: nobody else deletes a record', async () => {
    await putRow('delivery', aSentDelivery('old', LONG_AGO));
    const due = typedHash(await exportDue('transitory'));
    for (const who of ['auditor', 'admin', 'gtl', 'ispg', 'bo']) {
      expect(await told(who, `dispose transitory ${due} for good`)).toContain('not open to you');
      const pressed = await bot.press(who, { verb: 'records.dispose', subject: 'transitory', choice: due });
      expect(pressed.said.join()).toContain('not open to you');
    }
    expect(await countOf(`delivery WHERE key = 'old'`)).toBe(1);
  });
});

describe('what people type about exports', () => {
  it('reads `exports`, a name with its format, and a name alone', async () => {
    await bot.fileRequest();
    expect(await told('ispg', 'exports')).toContain('Information Cards');
    expect(await told('ispg', 'export engagements')).toContain('`export engagements xlsx`');
    expect(await told('ispg', 'export engagements excel')).toContain('I send you the file');
    expect(await told('ispg', 'export nonsense csv')).toContain('There is no such export');
    expect(await told('ispg', 'export')).toContain('Audit record');
    for (const text of ['export engagements pdf', 'export engagements as word'])
      expect(await told('ispg', text)).toContain('Choose a format');
    expect(await told('bo', 'export engagements pdf')).not.toContain('Choose a format');
    const [sent] = await onTables(
      `SELECT attachment->>'name' AS name, recipient_id FROM delivery WHERE key LIKE 'export:%'`,
    );
    expect(sent).toEqual({ name: 'engagements-2027-12-01.xlsx', recipient_id: 'ispg' });
  });

  it('is answered privately in a channel, and refused alike for any name', async () => {
    const heard = await bot.say('bo', 'export engagements csv', { channel: 'ispg' });
    expect(heard.said.join()).not.toContain('Claims');
    for (const text of ['exports', 'export engagements csv', 'export audit json'])
      expect(await told('bo', text)).toContain('not open to you');
    // Somebody who may make no exports says these words to no purpose of ours.
    expect(await told('bo', 'export nonsense csv')).not.toContain('There is no such export');
  });

  it('is an answer like any other while somebody fills in a form who may do nothing with it', async () => {
    for (const text of ['records', 'exports', 'holds', 'disposition']) {
      await told('bo', 'I need an ISSO');
      const said = await told('bo', text);
      expect(said, text).not.toContain('not open to you');
      await told('bo', 'cancel');
      await told('bo', 'yes');
    }
  });

  it('goes by mail from Teams, where mail is set up, and says so where it is not', async () => {
    const teams = { platform: 'teams' } as const;
    await bot.store.transaction((tx) => tx.people.linkPlatformUser('teams', 'ispg', 'ispg'));
    expect((await bot.say('ispg', 'export engagements csv', teams)).said.join()).toContain(
      'send you a file here',
    );
    expect(await countOf(`audit_entry WHERE verb = 'export.make'`)).toBe(0);
  });
});
