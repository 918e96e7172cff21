/**
 * JSON, read in one dialect wherever it comes from: configurations, tokenizers, indexes of shards,
 * headers of weights, saved models, rows of tables. {@link org.pmf4j.api.json.Json} reads and
 * writes whole texts; {@link org.pmf4j.api.json.JsonReader} reads value by value and makes of them
 * what a {@link org.pmf4j.api.json.ValueFactory} does.
 *
 * <p>The dialect is RFC 8259, read strictly, with what Python's json module writes beyond it:
 *
 * <ul>
 *   <li>A key that stands twice in one object is refused.
 *   <li>{@code NaN}, {@code Infinity} and {@code -Infinity} are numbers, as is an object of the one
 *       key {@code __float__} with such a name as text, which transformers writes from version 5
 *       on. Where a number must be finite, whoever asks for it refuses them by key.
 *   <li>Numbers have any size: a whole one beyond 64 bits is a floating-point number, and one
 *       beyond the range of those infinite, as in Python. They are written in 1,000 characters at
 *       most.
 *   <li>Objects and lists stand within each other 64 deep at most.
 *   <li>Half of a surrogate pair, {@code "\\ud83d"}, is read as it is, as Python does. Where a text
 *       must have characters alone, whoever asks for it refuses it by key ({@link
 *       org.pmf4j.api.json.Surrogates}).
 *   <li>Nothing may follow a value but white space; there are no comments, no single quotes and no
 *       commas behind the last element.
 *   <li>Files are in UTF-8, a byte order mark at their beginning is passed over ({@link
 *       org.pmf4j.api.file.InputFile#text}).
 * </ul>
 *
 * <p>What is no JSON is told in one line with its line and column.
 */
package org.pmf4j.api.json;
