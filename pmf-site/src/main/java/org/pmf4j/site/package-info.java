/**
 * The documents of this repository as a folder of pages that needs no server and no network. {@link
 * org.pmf4j.site.Site} turns each document in Markdown into a page, with links to other documents
 * turned into links to their pages; {@link org.pmf4j.site.LinkCheck} follows all that a page links
 * to in the folder. Markdown is read by commonmark-java, which follows the CommonMark specification
 * as the readers of repositories do, and needs nothing else.
 */
package org.pmf4j.site;
