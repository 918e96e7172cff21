/**
 * Records as JSON files: what benchmarks report, and what they pass to processes of their own and
 * back.
 */
package org.pmf4j.bench.json;
