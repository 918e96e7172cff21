package org.pmf4j.spark.train;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.modality.Source;

/**
 * A value of a row on its way to an executor. Immutable, so that any number of threads may share
 * it.
 */
sealed interface SentSource extends Serializable {
  /** What a text is sent as. */
  record Text(String text) implements SentSource {
    @Override
    public Source source() {
      return new Source.Text(text);
    }
  }

  /** What a file is sent as: its path, which an executor must find. */
  record File(String path) implements SentSource {
    @Override
    public Source source() {
      return new Source.File(Path.of(path));
    }
  }

  /** What cells are sent as. */
  record Cells(LinkedHashMap<String, String> cells) implements SentSource {
    @Override
    public Source source() {
      return new Source.Row(cells);
    }
  }

  /** What bytes are sent as. */
  record Bytes(String name, byte[] bytes) implements SentSource {
    @Override
    public Source source() {
      return new Source.Bytes(name, bytes);
    }
  }

  /** What was sent. */
  Source source();

  /** What a value is sent as. */
  static SentSource of(Source source) {
    if (source instanceof Source.Text text) {
      return new Text(text.text());
    } else if (source instanceof Source.File file) {
      return new File(file.path().toAbsolutePath().toString());
    } else if (source instanceof Source.Row row) {
      return new Cells(new LinkedHashMap<>(row.cells()));
    } else if (source instanceof Source.Stored stored) {
      return of(stored.read());
    }
    Source.Bytes bytes = (Source.Bytes) source;
    return new Bytes(bytes.name(), bytes.bytes());
  }

  /** What all values of a row are sent as. */
  @SuppressWarnings("NonApiType") // a map that Java can send
  static LinkedHashMap<String, SentSource> of(Map<String, Source> sources) {
    LinkedHashMap<String, SentSource> all = new LinkedHashMap<>();
    sources.forEach((name, source) -> all.put(name, of(source)));
    return all;
  }
}
