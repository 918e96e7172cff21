/**
 * What is to be compared: the variants, as the user named them in short or in full, those of the
 * ablations, and the cells, one for each variant and seed.
 */
package org.pmf4j.bench.methods.plan;
