/** What several pages of this command have in common: texts, numbers, pictures and sounds. */
package org.pmf4j.cli.page;
