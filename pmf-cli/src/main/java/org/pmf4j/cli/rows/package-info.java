/** Rows that a command writes: their formats, and where they go. */
package org.pmf4j.cli.rows;
