package org.pmf4j.site;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/** Reads documents and renders them. Has no state: any thread may call it. */
final class Markdown {
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).build();

  private Markdown() {}

  /** The first heading, as a text. */
  static String title(String text) {
    Node first = PARSER.parse(text).getFirstChild();
    if (!(first instanceof Heading)) {
      throw new IllegalArgumentException("a document begins with its title");
    }
    return TextContentRenderer.builder().build().render(first).strip();
  }

  /**
   * The body of a page.
   *
   * @param links where each leads, or null for none: its words stay
   */
  static String html(String text, UnaryOperator<String> links) {
    Node document = PARSER.parse(text);
    List<Link> all = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            all.add(link);
          }
        });
    for (Link link : all) {
      String destination = links.apply(link.getDestination());
      if (destination == null) {
        unlink(link);
      } else {
        link.setDestination(destination);
      }
    }
    return RENDERER.render(document);
  }

  private static void unlink(Link link) {
    Node child = link.getFirstChild();
    while (child != null) {
      Node next = child.getNext();
      link.insertBefore(child);
      child = next;
    }
    link.unlink();
  }
}
