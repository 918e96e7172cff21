package org.pmf4j.cli.option;

import java.nio.file.Path;
import org.pmf4j.hub.EncoderLocation;
import picocli.CommandLine.ITypeConverter;

/**
 * Reads where an encoder is: a directory, or a model of the hub that is in its cache. For one
 * thread at a time.
 */
public final class EncoderPath implements ITypeConverter<Path> {
  /** What options say that take one. */
  public static final String HELP =
      "an encoder as save_pretrained writes it, or hf:ORG/NAME[@REVISION], which 'pmf fetch' has"
          + " fetched";

  /** Made by the parser. */
  public EncoderPath() {}

  @Override
  public Path convert(String value) {
    return EncoderLocation.directory(value);
  }

  /** Reads the name before the place, as it is. For one thread at a time. */
  public static final class Name implements ITypeConverter<String> {
    /** Made by the parser. */
    public Name() {}

    @Override
    public String convert(String value) {
      return value;
    }
  }
}
