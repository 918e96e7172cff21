package org.pmf4j.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
import org.pmf4j.report.Samples;

/**
 * What can be seen, heard and read of the rows of one page: texts of 600 characters each, pictures
 * and sounds of 4 MiB in all. For one thread at a time.
 */
public final class Showcase {
  private static final int TEXT = 600;
  private static final long MOST_BYTES = 4L << 20;

  private final Previews previews;
  private long left = MOST_BYTES;

  /** A showcase with nothing in it yet. */
  public Showcase(Previews previews) {
    this.previews = previews;
  }

  /**
   * What can be shown of one row.
   *
   * @param pictures small ones
   * @param sounds short ones
   * @param text its texts, one below the other
   * @param remarks what is not shown, by name, and why
   */
  public record Shelf(
      List<Samples.Picture> pictures,
      List<Samples.Sound> sounds,
      String text,
      List<String> remarks) {
    /** Copies the lists. */
    public Shelf {
      pictures = List.copyOf(pictures);
      sounds = List.copyOf(sounds);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Shows a row.
   *
   * @param values by modality or column
   */
  public Shelf of(Map<String, Source> values) {
    List<Samples.Picture> pictures = new ArrayList<>();
    List<Samples.Sound> sounds = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    values.forEach(
        (what, source) -> {
          if (source instanceof Source.Text text) {
            texts.add(Shown.text(text.text(), TEXT));
            return;
          }
          String name = Quote.plain(what) + ": " + Shown.label(name(source));
          Optional<Preview> found;
          try {
            found = previews.of(what, source);
          } catch (PmfException e) {
            remarks.add(Quote.plain(what) + " is not shown: " + Quote.message(e.getMessage()));
            return;
          }
          if (found.isEmpty()) {
            remarks.add(name);
          } else if (bytes(found.get()) > left) {
            remarks.add(name + " is not shown: the page has enough pictures and sounds");
          } else if (found.get() instanceof Preview.Picture p) {
            left -= p.bytes().length;
            pictures.add(new Samples.Picture(p.mediaType(), p.bytes(), name));
          } else if (found.get() instanceof Preview.Sound s) {
            left -= s.bytes().length;
            String length =
                String.format(Locale.ROOT, s.whole() ? ", %.1f s" : ", first %.1f s", s.seconds());
            sounds.add(new Samples.Sound(s.mediaType(), s.bytes(), name + length));
          }
        });
    return new Shelf(pictures, sounds, String.join("\n", texts), remarks);
  }

  private static long bytes(Preview preview) {
    return preview instanceof Preview.Picture p
        ? p.bytes().length
        : ((Preview.Sound) preview).bytes().length;
  }

  private static String name(Source source) {
    return source instanceof Source.File f && f.path().getFileName() != null
        ? f.path().getFileName().toString()
        : source.describe();
  }
}
