/**
 * One table cut into parts: rows to train on, to validate on and to test with, balanced by label or
 * kept together by group, or as a column of the table has it; and how that is written down, so that
 * the rows of a part are found again.
 */
package org.pmf4j.core.split;
