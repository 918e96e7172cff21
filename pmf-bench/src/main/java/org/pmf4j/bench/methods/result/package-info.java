/**
 * What came of a comparison: cells as they are kept in files, their summary over seeds, and whether
 * PMF keeps up with fine-tuning.
 */
package org.pmf4j.bench.methods.result;
