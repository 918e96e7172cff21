package org.pmf4j.cli.option;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of a few names. For one thread at a time.
 *
 * @param <T> what is chosen
 */
public class Choice<T> implements ITypeConverter<T> {
  private final Map<String, T> choices;

  /** A choice among these, by name. */
  protected Choice(Map<String, T> choices) {
    this.choices = new LinkedHashMap<>(choices);
  }

  /** A choice among the constants of an enum, in lower case, with hyphens. */
  protected Choice(Class<? extends T> constants) {
    this.choices = new LinkedHashMap<>();
    for (T constant : constants.getEnumConstants()) {
      choices.put(name((Enum<?>) constant), constant);
    }
  }

  /** The name of a constant. */
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public T convert(String value) {
    T chosen = choices.get(value);
    if (chosen == null) {
      throw new TypeConversionException(
          "'" + value + "' is none of: " + String.join(", ", choices.keySet()));
    }
    return chosen;
  }

  /** {@code auto}, {@code fp32}, {@code bf16} or {@code int8}. */
  public static final class Precision extends Choice<PrecisionChoice> {
    /** Made by the parser. */
    public Precision() {
      super(PrecisionChoice.class);
    }
  }
}
