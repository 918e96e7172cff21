/** What users of the command see: where output goes, tables, colours, sizes as text. */
package org.pmf4j.cli.console;
