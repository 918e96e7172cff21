/**
 * How sure a number is that was measured on some rows: intervals for shares, for the difference of
 * two shares on the same rows, and, by the bootstrap, for any other metric.
 */
package org.pmf4j.core.statistics;
