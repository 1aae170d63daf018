import { newDataDir } from './databases.ts';
import { carryOn, file, recordKickoff, standing } from './filing.ts';
import { activeInCard, activeInText, hostileFlood, hostileTexts } from './hostile.ts';
import { startProgramme } from './programme.ts';
import type { Row } from './row.ts';
import { ask, people, say } from './talk.ts';

const places = [...people, 'isso', 'isso2', 'guardian', 'auditor', 'admin', '#ispg', '#issoaas'];

export const s5: Row = {
  id: 'S5',
  title: 'Hostile text in every free text of a request, read back from every conversation',
  goal: '0 active mentions or links',
  async run({ quick, seed, log }) {
    const app = await startProgramme({
      env: {
        DATA_DIR: await newDataDir(),
        LOG_LEVEL: 'error',
        CONSOLE_START_AT: '2026-12-01T12:00:00-05:00',
      },
    });
    const texts = quick ? hostileTexts.filter((_, index) => (index + seed) % 3 === 0) : hostileTexts;
    const stuck: string[] = [];
    for (const [index, text] of texts.entries()) {
      const who = index % 2 === 0 ? 'bo' : 'bo2';
      await say(app.url, who, text);
      await say(app.url, who, text, { in: 'ispg' });
      const { number, last } = await file(
        app.url,
        who,
        `${text} ${index}`.slice(0, 118),
        `We need help. ${text}`,
      );
      if (number === null) {
        stuck.push(`not filed: ${last.slice(0, 300)}`);
        await say(app.url, who, 'cancel');
        await say(app.url, who, 'yes');
        continue;
      }
      stuck.push(...(await carryOn(app.url, who, number, text.slice(0, 400))));
    }
    await recordKickoff(app.url, texts[0] ?? '', ['bo', 'ispg']);
    await say(app.url, 'bo', hostileFlood);
    await say(app.url, 'bo', hostileFlood, { in: 'issoaas' });
    for (const who of ['ispg', 'bo', 'cra', 'gtl']) await say(app.url, who, 'status');
    const { active, read } = await readAll(app.url);
    for (const what of [...new Set(active)].slice(0, 20)) log(what);
    for (const what of stuck.slice(0, 10)) log(what);
    await app.stop();
    return {
      figure: `${active.length} active in ${read} texts and cards from ${texts.length + 1} hostile texts${stuck.length > 0 ? `, ${stuck.length} steps not taken` : ''}`,
      ok: active.length === 0 && read > 0 && stuck.length === 0,
    };
  },
};

async function readAll(base: string): Promise<{ readonly active: readonly string[]; readonly read: number }> {
  const active: string[] = [];
  let read = 0;
  const links = new Set<string>();
  for (const place of places) {
    for (const { text, card, actions } of await standing(base, place)) {
      read += 1;
      active.push(
        ...activeInText(text),
        ...activeInCard(card),
        ...actions.flatMap(({ label }) => activeInCard(label)),
      );
      for (const [url] of JSON.stringify([text, card]).matchAll(
        /http:\/\/127\.0\.0\.1:\d+\/calendar\/[\w/.-]+\.ics/gu,
      ))
        links.add(url);
    }
  }
  for (const url of links) {
    const { status, body } = await ask(url);
    if (status !== 200) continue;
    read += 1;
    active.push(...activeInCalendar(body));
  }
  return { active, read };
}

/** A calendar has no markup, but a line break in a name could add a property of the writer's choice. */
function activeInCalendar(body: string): readonly string[] {
  const unfolded = body.replace(/\r?\n[ \t]/gu, '');
  const added = /^(?:ATTACH|URL)[:;].*evil\.example/imu.exec(unfolded);
  const events = unfolded.match(/^BEGIN:VEVENT$/gmu)?.length ?? 0;
  const starts = unfolded.match(/^DTSTART[:;]/gmu)?.length ?? 0;
  return [
    ...(added ? [`a calendar property: ${added[0]}`] : []),
    ...(events > starts ? ['an event added to a calendar'] : []),
  ];
}
