package org.pmf4j.api.setting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * Values of settings: one for each that was declared, in its range. Immutable, so that any number
 * of threads may share it.
 *
 * @since API version 2
 */
public final class Settings {
  private final String owner;
  private final Map<String, Setting<?>> declared;
  private final Map<String, Object> values;

  private Settings(String owner, Map<String, Setting<?>> declared, Map<String, Object> values) {
    this.owner = owner;
    this.declared = declared;
    this.values = values;
  }

  /**
   * The defaults.
   *
   * @param owner whose settings they are, for messages, such as {@code method pmf}; empty where
   *     that is plain
   * @param declared all of them, in the order in which they are listed and saved
   * @throws IllegalArgumentException if two have one name
   */
  public static Settings defaults(String owner, List<Setting<?>> declared) {
    Map<String, Setting<?>> all = new LinkedHashMap<>();
    Map<String, Object> values = new LinkedHashMap<>();
    for (Setting<?> s : declared) {
      if (all.put(s.name(), s) != null) {
        throw new IllegalArgumentException("two settings of " + owner + " are called " + s.name());
      }
      values.put(s.name(), s.standard());
    }
    return new Settings(owner, all, values);
  }

  /**
   * These with some of them changed.
   *
   * @param changes values as {@link #toMap()} has them, or their texts
   * @throws PmfException for an unknown name or a value out of range
   */
  public Settings with(Map<String, ?> changes) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    changes.forEach(
        (name, given) -> {
          Setting<?> setting = declared.get(name);
          if (setting == null) {
            throw unknown(name);
          }
          all.put(name, setting.read(given, owner));
        });
    return new Settings(owner, declared, all);
  }

  /**
   * These as a model or a run has them that was saved with some of them: what it does not tell is
   * what was before there was the setting.
   *
   * @param saved values as {@link #toMap()} has them, or their texts
   * @throws PmfException for an unknown name or a value out of range
   */
  public Settings saved(Map<String, ?> saved) {
    Map<String, Object> all = new LinkedHashMap<>();
    declared.values().forEach(s -> s.formerText().ifPresent(text -> all.put(s.name(), text)));
    all.putAll(saved);
    return with(all);
  }

  /**
   * These with one of them changed.
   *
   * @throws PmfException if the value is out of range
   */
  public <T> Settings with(Setting<T> setting, T value) {
    return with(Map.of(setting.name(), setting.kind().plain(value)));
  }

  /**
   * The value of a setting.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  @SuppressWarnings("unchecked") // what stands under a setting's name was read by it
  public <T> T get(Setting<T> setting) {
    Object value = values.get(setting.name());
    if (value == null) {
      throw new IllegalArgumentException(owner + " has no setting " + setting.name());
    }
    return (T) value;
  }

  /** All that were declared, in order. */
  public List<Setting<?>> declared() {
    return List.copyOf(declared.values());
  }

  /** The values by name, in order, as files hold them: numbers, booleans and strings. */
  public Map<String, Object> toMap() {
    Map<String, Object> all = new LinkedHashMap<>();
    declared.forEach((name, s) -> all.put(name, plain(s)));
    return Collections.unmodifiableMap(all);
  }

  private <T> Object plain(Setting<T> setting) {
    return setting.kind().plain(get(setting));
  }

  private PmfException unknown(String name) {
    Set<String> names = declared.keySet();
    return PmfException.usage(
        String.format(
            Locale.ROOT,
            "unknown setting %s%s; %s",
            Quote.value(name),
            owner.isEmpty() ? "" : " of " + owner,
            names.isEmpty() ? "it has none" : "known: " + String.join(", ", names)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings s && toMap().equals(s.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
