package org.pmf4j.modalities.text.tokenizer;

import java.util.Set;

/**
 * Every match of a pattern becomes a text.
 *
 * @param section where it stands, for messages
 * @param matches finds the pattern
 * @param content the text that a match becomes, as it is
 * @param worksInPieces whether no match goes across a cut between pieces
 */
record Replace(Section section, Spans.Finder matches, String content, boolean worksInPieces)
    implements Normalizer {
  /** Expressions that cut and replace runs of spaces alone. */
  private static final Set<String> SPACES = Set.of(" {2,}", "\\s+", " +", "\\s{2,}");

  static Replace read(Section section) {
    section.only("type", "pattern", "content");
    String content = section.text("content");
    Section pattern = section.object("pattern").only("String", "Regex");
    boolean inPieces;
    if (pattern.find("String").isPresent()) {
      inPieces = pattern.text("String").chars().allMatch(c -> c > 0x7F || punctuation(c));
    } else {
      inPieces = content.equals(" ") && SPACES.contains(pattern.text("Regex"));
    }
    return new Replace(section, Expression.pattern(section), content, inPieces);
  }

  private static boolean punctuation(int c) {
    return CodePoints.is(CodePoints.PUNCTUATION, c);
  }

  @Override
  public String apply(String text, Edges edges) {
    StringBuilder out = new StringBuilder(text.length());
    for (Spans.Span span : matches.in(text)) {
      if (span.match()) {
        out.append(content);
      } else {
        out.append(text, span.from(), span.to());
      }
      if (out.length() > Normalizers.most(text.length())) {
        throw Normalizers.tooLong(section, text.length());
      }
    }
    return out.toString();
  }

  @Override
  public boolean worksBetweenIdeographs() {
    return false;
  }
}
