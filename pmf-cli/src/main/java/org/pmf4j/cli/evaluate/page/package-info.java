/**
 * An evaluation as a page: what it measured, how sure that is, and the rows that were most wrong.
 * Each class makes sections of one kind. A page is bounded whatever the table is: in rows of
 * tables, points of charts, and bytes of pictures and sounds.
 */
package org.pmf4j.cli.evaluate.page;
