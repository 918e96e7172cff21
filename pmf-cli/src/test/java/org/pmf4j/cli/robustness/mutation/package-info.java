/**
 * Damage to files, drawn from a seed: of bytes, and of what a format is made of, so that the damage
 * gets past the first check.
 */
package org.pmf4j.cli.robustness.mutation;
