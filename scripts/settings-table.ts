/**
 * `node --import tsx scripts/settings-table.ts`: writes the settings, as `src/config.ts` knows them, into README.md
 * and .env.example. `test/readme.test.ts` fails when either lags behind.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeSettings } from '../src/config.ts';

const BEGIN = '<!-- settings -->';
const END = '<!-- /settings -->';
const readmeFile = fileURLToPath(new URL('../README.md', import.meta.url));
const exampleFile = fileURLToPath(new URL('../.env.example', import.meta.url));

/** The README with its table of settings renewed. Throws when the marks are missing. */
export function readmeWithSettings(readme: string): string {
  const from = readme.indexOf(BEGIN);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new Error(`README.md lacks ${BEGIN} or ${END}.`);
  return `${readme.slice(0, from + BEGIN.length)}\n\n${settingsTable()}\n\n${readme.slice(to)}`;
}

function settingsTable(): string {
  const rows = describeSettings().map(
    ({ name, standard, meaning }) =>
      `| \`${name}\` | ${standard === '' ? 'none' : `\`${standard}\``} | ${meaning.replaceAll('|', '\\|')} |`,
  );
  return ['| Setting | Default | Meaning |', '|---|---|---|', ...rows].join('\n');
}

/** The text of .env.example: every setting switched off by a comment sign, with its meaning and default. */
export function envExample(): string {
  const settings = describeSettings().map(({ name, standard, meaning }) =>
    [
      `# ${meaning}. ${standard === '' ? 'No default.' : `Default: ${standard}`}`,
      `#${name}=${standard}`,
    ].join('\n'),
  );
  return `${[
    [
      '# Every setting of the bot. Remove the # in front of a line to set it.',
      '# Copied to .env in the project folder, this file is read by npm start; the environment comes first.',
      '# The settings of Microsoft Teams are known, but this version refuses to start with them.',
    ].join('\n'),
    ...settings,
  ].join('\n\n')}\n`;
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  await writeFile(readmeFile, readmeWithSettings(await readFile(readmeFile, 'utf8')));
  await writeFile(exampleFile, envExample());
}
