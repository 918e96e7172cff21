/**
 * Formats of tables, as plugins offer them: a {@link org.pmf4j.api.table.TableFormat} opens what it
 * is asked for, and gives {@link org.pmf4j.api.table.Cell cells} one row after the other. What they
 * mean, and which of them are asked for, is the host's to say.
 *
 * @since API version 2
 */
package org.pmf4j.api.table;
