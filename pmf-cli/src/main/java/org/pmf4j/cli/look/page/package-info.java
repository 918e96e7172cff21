/**
 * A look at tables as a page. It is bounded whatever the tables are: in rows of tables, bars of
 * charts, and bytes of pictures and sounds.
 */
package org.pmf4j.cli.look.page;
