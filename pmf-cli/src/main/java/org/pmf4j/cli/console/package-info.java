/**
 * What users see: where output goes, progress as a bar or as lines, tables, numbers and sizes as
 * text.
 */
package org.pmf4j.cli.console;
