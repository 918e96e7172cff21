package org.pmf4j.api.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;

/**
 * Values by name, in the order in which they were put in: the inputs and outputs of programs.
 * Immutable. Immutable, so that any number of threads may share it.
 *
 * @param <T> what is named, usually {@link Tensor} or {@link HostTensor}
 */
public final class Named<T> {
  private final Map<String, T> values;

  private Named(Map<String, T> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The entries of {@code values}, in their order. */
  public static <T> Named<T> of(Map<String, ? extends T> values) {
    return new Named<T>(new LinkedHashMap<>(values));
  }

  /** No values. */
  public static <T> Named<T> none() {
    return new Named<>(Map.of());
  }

  /** One value. */
  public static <T> Named<T> of(String name, T value) {
    return new Named<>(Map.of(name, value));
  }

  /** These values and one more, in place of an older one of that name. */
  public Named<T> with(String name, T value) {
    Map<String, T> m = new LinkedHashMap<>(values);
    m.put(name, value);
    return new Named<>(m);
  }

  /** These values and those of {@code other}, which win where both have a name. */
  public Named<T> with(Named<? extends T> other) {
    Map<String, T> m = new LinkedHashMap<>(values);
    m.putAll(other.asMap());
    return new Named<>(m);
  }

  /**
   * The value of that name.
   *
   * @throws NoSuchElementException naming what there is, if there is none
   */
  public T get(String name) {
    T v = values.get(name);
    if (v == null) {
      throw new NoSuchElementException("no '" + name + "' among " + values.keySet());
    }
    return v;
  }

  /** True if there is a value of that name. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The names, in order. */
  public Set<String> names() {
    return values.keySet();
  }

  /** An unmodifiable view, in order. */
  public Map<String, T> asMap() {
    return values;
  }

  /** Each value replaced by what {@code f} makes of it. */
  public <R> Named<R> map(Function<? super T, ? extends R> f) {
    Map<String, R> m = new LinkedHashMap<>();
    values.forEach((k, v) -> m.put(k, f.apply(v)));
    return new Named<>(m);
  }

  /** The values whose name begins with {@code prefix}, named by what follows it. */
  public Named<T> under(String prefix) {
    Map<String, T> m = new LinkedHashMap<>();
    values.forEach(
        (k, v) -> {
          if (k.startsWith(prefix)) {
            m.put(k.substring(prefix.length()), v);
          }
        });
    return new Named<>(m);
  }

  /** Each name with {@code prefix} put before it. */
  public Named<T> prefixed(String prefix) {
    Map<String, T> m = new LinkedHashMap<>();
    values.forEach((k, v) -> m.put(prefix + k, v));
    return new Named<>(m);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Named<?> n && values.equals(n.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
