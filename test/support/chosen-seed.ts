/**
 * Rules are tried with choices at random, new ones at each run by hand: so that more and more of them are tried. What decides a
 * build sets `PROPERTY_SEED`, a whole number: the same choices each time, so that a build says the same of the same program.
 */
import fc from 'fast-check';

const { PROPERTY_SEED } = process.env;
if (PROPERTY_SEED) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(PROPERTY_SEED) });
