Rem What a person does in Calc, step by step from a text file: one step a line, its words parted by tabs.
Rem Typing goes through the input line, as fingers do; setting a cell's content would pass by its format.
Rem What fails is written beside the steps, because without a window nobody would see a message.

Private oBook As Object
Private oSheet As Object

Sub Work(sPlan As String)
    Dim nPlan As Integer, sStep As String
    On Error GoTo Failed
    nPlan = FreeFile
    Open sPlan For Input As #nPlan
    Do While Not EOF(nPlan)
        Line Input #nPlan, sStep
        If sStep <> "" Then TakeStep(Split(sStep, Chr(9)))
    Loop
    Close #nPlan
    StarDesktop.terminate()
    Exit Sub
Failed:
    Dim sTold As String
    sTold = sStep & ": " & Error$
    nPlan = FreeFile
    Open sPlan & ".failed" For Output As #nPlan
    Print #nPlan, sTold
    Close #nPlan
    StarDesktop.terminate()
End Sub

Sub TakeStep(aWords)
    Dim oRange As Object, oFilter As Object
    Select Case aWords(0)
    Case "open"
        oBook = StarDesktop.loadComponentFromURL(ConvertToURL(aWords(1)), "_blank", 0, Array(Named("Hidden", True)))
    Case "sheet"
        oSheet = oBook.Sheets.getByName(aWords(1))
        oBook.CurrentController.setActiveSheet(oSheet)
        oSheet.unprotect("")
    Case "protected-sheet"
        oSheet = oBook.Sheets.getByName(aWords(1))
        oBook.CurrentController.setActiveSheet(oSheet)
        If Not oSheet.isProtected() Then Err.Raise 5
    Case "take-out-row"
        oSheet.Rows.removeByIndex(CInt(aWords(1)) - 1, 1)
    Case "insert-row"
        oSheet.Rows.insertByIndex(CInt(aWords(1)) - 1, 1)
    Case "type"
        TypeInto(aWords(1), aWords(2))
    Case "paste-over"
        Rem What comes from elsewhere brings its own format along.
        oSheet.getCellRangeByName(aWords(1)).NumberFormat = 0
        TypeInto(aWords(1), aWords(2))
    Case "strike"
        oSheet.getCellRangeByName(aWords(1)).CharStrikeout = com.sun.star.awt.FontStrikeout.SINGLE
    Case "colour"
        oSheet.getCellRangeByName(aWords(1)).CellBackColor = CLng(aWords(2))
    Case "fill-down"
        oSheet.getCellRangeByName(aWords(1)).fillAuto(com.sun.star.sheet.FillDirection.TO_BOTTOM, 1)
    Case "sort"
        Dim aField(0) As New com.sun.star.table.TableSortField
        aField(0).Field = CInt(aWords(2))
        aField(0).IsAscending = False
        oSheet.getCellRangeByName(aWords(1)).sort(Array(Named("SortFields", aField()), Named("ContainsHeader", False)))
    Case "filter"
        Dim aWanted(0) As New com.sun.star.sheet.TableFilterField
        oRange = oSheet.getCellRangeByName(aWords(1))
        oFilter = oRange.createFilterDescriptor(True)
        aWanted(0).Field = CInt(aWords(2))
        aWanted(0).Operator = com.sun.star.sheet.FilterOperator.EQUAL
        aWanted(0).IsNumeric = False
        aWanted(0).StringValue = aWords(3)
        oFilter.ContainsHeader = True
        oFilter.setFilterFields(aWanted())
        oRange.filter(oFilter)
    Case "save"
        oBook.storeToURL(ConvertToURL(aWords(1)), Array(Named("FilterName", "Calc MS Excel 2007 XML")))
        oBook.close(True)
    End Select
End Sub

Sub TypeInto(sPlace As String, sText As String)
    Dim oDispatcher As Object
    oBook.CurrentController.select(oSheet.getCellRangeByName(sPlace))
    oDispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    oDispatcher.executeDispatch(oBook.CurrentController.Frame, ".uno:EnterString", "", 0, Array(Named("StringName", sText)))
End Sub

Function Named(sName As String, xValue) As Object
    Dim oPair As New com.sun.star.beans.PropertyValue
    oPair.Name = sName
    oPair.Value = xValue
    Named = oPair
End Function
