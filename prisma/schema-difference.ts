/**
 * What `schema.prisma` has that a database has not, as SQL, computed by Prisma's schema engine compiled to WebAssembly:
 * no engine binary, no network. A tool of development; the running program only applies finished migrations.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
} from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

const schemaFile = fileURLToPath(new URL('./schema.prisma', import.meta.url));

/** The SQL that brings the database at `url` to `schema.prisma`; empty when they agree. */
export async function schemaDifference(url: string): Promise<string> {
  await startEngine();
  const files = [{ path: schemaFile, content: await readFile(schemaFile, 'utf8') }];
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogReader({ connectionString: url, max: 1 }));
  const schemaEngine = await engine.SchemaEngine.new(
    { datamodels: files.map((file) => [file.path, file.content]) },
    () => {},
    adapter,
  );
  try {
    const { stdout } = await schemaEngine.diff({
      from: { tag: 'schemaDatasource', files, configDir: dirname(schemaFile) },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = (stdout ?? '').trim();
    return sql === '-- This is an empty migration.' ? '' : sql;
  } finally {
    schemaEngine.free();
  }
}

/** The part of WebAssembly used here; TypeScript knows it only together with the browser. */
declare const WebAssembly: {
  instantiate(
    binary: Uint8Array,
    imports: Readonly<Record<string, object>>,
  ): Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>;
};

let isStarted = false;

/** Node 20 cannot import WebAssembly as a module, so the file is loaded and joined by hand. */
async function startEngine(): Promise<void> {
  if (isStarted) return;
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const binary = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  isStarted = true;
}

/** Reads the catalog for the engine: Prisma's own adapter refuses the one-byte type that PostgreSQL uses there. */
class CatalogReader extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    adapter.queryRaw = async ({ sql, args }) => {
      const result = await pool.query({ text: sql, values: args, rowMode: 'array' });
      return {
        columnNames: result.fields.map((field) => field.name),
        columnTypes: result.fields.map((field) => columnTypes.get(field.dataTypeID) ?? ColumnTypeEnum.Text),
        rows: result.rows,
      };
    };
    return adapter;
  }
}

/** By PostgreSQL's type number; anything else in the catalog reads as text. */
const columnTypes = new Map<number, ColumnType>([
  [16, ColumnTypeEnum.Boolean],
  [18, ColumnTypeEnum.Character],
  [20, ColumnTypeEnum.Int64],
  [21, ColumnTypeEnum.Int32],
  [23, ColumnTypeEnum.Int32],
  [26, ColumnTypeEnum.Int64],
  [700, ColumnTypeEnum.Float],
  [701, ColumnTypeEnum.Double],
  [1002, ColumnTypeEnum.CharacterArray],
  [1003, ColumnTypeEnum.TextArray],
  [1005, ColumnTypeEnum.Int32Array],
  [1007, ColumnTypeEnum.Int32Array],
  [1009, ColumnTypeEnum.TextArray],
  [1016, ColumnTypeEnum.Int64Array],
]);
