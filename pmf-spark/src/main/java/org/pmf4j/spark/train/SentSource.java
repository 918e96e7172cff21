package org.pmf4j.spark.train;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.pmf4j.api.modality.Source;
import org.pmf4j.spark.hadoop.HadoopFile;

/**
 * A value of a row on its way to an executor. Immutable, so that any number of threads may share
 * it.
 */
sealed interface SentSource extends Serializable {
  /** What a text is sent as. */
  record Text(String text) implements SentSource {
    @Override
    public Source source(Configuration hadoop) {
      return new Source.Text(text);
    }
  }

  /** What a file is sent as: its path, which an executor must find. */
  record File(String path) implements SentSource {
    @Override
    public Source source(Configuration hadoop) {
      return new Source.File(Path.of(path));
    }
  }

  /** What cells are sent as. */
  record Cells(LinkedHashMap<String, String> cells) implements SentSource {
    @Override
    public Source source(Configuration hadoop) {
      return new Source.Row(cells);
    }
  }

  /** What bytes are sent as. */
  record Bytes(String name, byte[] bytes) implements SentSource {
    @Override
    public Source source(Configuration hadoop) {
      return new Source.Bytes(name, bytes);
    }
  }

  /** What a file of a Hadoop file system is sent as: its name, and what it is known by. */
  record Far(String place, String sha256) implements SentSource {
    @Override
    public Source source(Configuration hadoop) {
      return new HadoopFile(new org.apache.hadoop.fs.Path(place), hadoop).stored(sha256);
    }
  }

  /**
   * What was sent.
   *
   * @param hadoop where files are read
   */
  Source source(Configuration hadoop);

  /** What a value is sent as. */
  static SentSource of(Source source) {
    if (source instanceof Source.Text text) {
      return new Text(text.text());
    } else if (source instanceof Source.File file) {
      return new File(file.path().toAbsolutePath().toString());
    } else if (source instanceof Source.Row row) {
      return new Cells(new LinkedHashMap<>(row.cells()));
    } else if (source instanceof Source.Stored stored) {
      return stored.kept() instanceof HadoopFile far
          ? new Far(far.place().toString(), stored.sha256())
          : of(stored.read());
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
