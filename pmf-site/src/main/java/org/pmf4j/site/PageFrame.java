package org.pmf4j.site;

import java.nio.file.Path;
import java.util.Collection;

/**
 * What stands around each document: the list of all, and how it looks. Immutable, so that any
 * number of threads may share it.
 *
 * @param style a file of the site
 * @param javadoc a page of the site; null if there is none
 * @param documents in the order of the list
 */
record PageFrame(Path style, Path javadoc, Collection<Document> documents) {
  /** A page. */
  String around(Document document, String body) {
    StringBuilder page = new StringBuilder(body.length() + 8192);
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"UTF-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .append(
            escaped(document.isHome() ? document.title() : document.title() + " – PMF for Java"))
        .append("</title>\n<link rel=\"stylesheet\" href=\"")
        .append(document.to(style))
        .append("\">\n</head>\n<body>\n<main>\n")
        .append("<p class=\"to-documents\"><a href=\"#documents\">All documents</a></p>\n")
        .append(body)
        .append("</main>\n<nav id=\"documents\" aria-label=\"Documents\">\n<ul>\n");
    for (Document each : documents) {
      String current = each.equals(document) ? " aria-current=\"page\"" : "";
      item(page, document.to(each.page()), current, each.title());
    }
    if (javadoc != null) {
      item(page, document.to(javadoc), "", "Javadoc");
    }
    return page.append("</ul>\n</nav>\n</body>\n</html>\n").toString();
  }

  private static void item(StringBuilder page, String address, String more, String title) {
    page.append("<li><a href=\"").append(address).append('"').append(more).append('>');
    page.append(escaped(title)).append("</a></li>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
