using System.Runtime.CompilerServices;

// The tests look at how calls are named and marked, and read JSON with the client's own reader.
[assembly: InternalsVisibleTo("Sealane.Tests")]
